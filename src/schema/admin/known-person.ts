import * as z from 'zod/mini'
import type { Json } from '../../values/json.ts'
import { json } from '../primitives.ts'

/** Somebody who may use the console and this API. */
export interface KnownPerson {
  name: string
  role: 'owner' | 'author' | 'viewer'
}

/** Somebody who is signed in to the console. */
export interface SignedIn {
  /** Names the session, to end it; it lets nobody in. */
  id: string
  name: string
  role: string
  /** ISO 8601. */
  since: string
  /** ISO 8601. */
  until: string
}

/** What is kept of a user of the site. */
export interface UserDetail {
  id: string
  /** The last value of each tag that the page has set. */
  tags: { [name: string]: Json }
  /** The last value of each tag that a tour has set. */
  managedTags: { [name: string]: Json }
  /** The tours they completed. */
  tours: string[]
  /** The checklists they completed. */
  checklists: string[]
  /** The items they completed. */
  items: { checklist: string; item: string }[]
  /** The segments they are in. */
  segments: string[]
}

export const knownPersonSchema: z.ZodMiniType<KnownPerson> = z.looseObject({
  name: z.string(),
  role: z.enum(['owner', 'author', 'viewer']),
})

export const signedInSchema: z.ZodMiniType<SignedIn> = z.looseObject({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
})

const tags = z.record(z.string(), json)

export const userDetailSchema: z.ZodMiniType<UserDetail> = z.looseObject({
  id: z.string(),
  tags,
  managedTags: tags,
  tours: z.array(z.string()),
  checklists: z.array(z.string()),
  items: z.array(z.object({ checklist: z.string(), item: z.string() })),
  segments: z.array(z.string()),
})
