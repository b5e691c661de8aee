import * as z from 'zod/mini'
import type { Json } from '../../values/json.ts'
import { json, optional } from '../primitives.ts'

/** What is drafted and published. */
export type ContentKind = 'tours' | 'checklists' | 'banners' | 'segments'

/** One tour, checklist, banner or segment, as the admin API lists it. */
export interface DocumentState {
  kind: ContentKind
  id: string
  /** Its name, or its id. */
  name: string
  /** In the config file, published as it is, published otherwise, not yet published, or about to be removed. */
  state: 'file' | 'live' | 'changed' | 'draft' | 'removed'
  /** Counts the saves; 0 before the first. To be given with a change. */
  rev: number
  /** Who saved it last. */
  by?: string | undefined
  /** When, ISO 8601. */
  at?: string | undefined
}

/** One of them with what it says. */
export interface DocumentDetail extends DocumentState {
  /** What will be published; `null` when it will be removed. */
  draft: Json
  /** As pages see it; absent before it is published. */
  published?: Json | undefined
  /** What keeps the draft from being published. */
  problems: { path: string; message: string }[]
}

/** One place where something has changed. */
export interface ChangedPlace {
  /** Keys, and the ids of list items: `["steps", "send", "title"]`. */
  path: string[]
  /** Absent when it was not there. */
  before?: Json | undefined
  /** Absent when it is there no longer. */
  after?: Json | undefined
}

/** A draft that is not published as it is. */
export interface DocumentChange extends DocumentState {
  differences: ChangedPlace[]
}

/** One place that somebody else has changed, too; absent is "removed". */
export interface DocumentClash {
  /** Keys, and the ids of list items: `["steps", "send", "title"]`. */
  path: string[]
  mine?: Json | undefined
  theirs?: Json | undefined
}

const kind = z.enum(['tours', 'checklists', 'banners', 'segments'])
const state = {
  kind,
  id: z.string(),
  name: z.string(),
  state: z.enum(['file', 'live', 'changed', 'draft', 'removed']),
  rev: z.int(),
  by: optional('Who saved it last.', z.string()),
  at: optional('When.', z.iso.datetime()),
}

export const changedPlaceSchema: z.ZodMiniType<ChangedPlace> = z.object({
  path: z.array(z.string()),
  before: optional('Absent when it was not there.', json),
  after: optional('Absent when it is there no longer.', json),
})

export const documentStateSchema: z.ZodMiniType<DocumentState> = z.looseObject(state)

export const documentDetailSchema: z.ZodMiniType<DocumentDetail> = z.looseObject({
  ...state,
  draft: json,
  published: optional('Absent before it is published.', json),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
})

export const documentChangeSchema: z.ZodMiniType<DocumentChange> = z.looseObject({
  ...state,
  differences: z.array(changedPlaceSchema),
})
