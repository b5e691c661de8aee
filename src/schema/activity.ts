import * as z from 'zod/mini'
import type { Json } from '../values/json.ts'
import type { Tags } from '../values/tags.ts'
import { id, json, name, object, scalar, userId } from './primitives.ts'

/** What a page reports: what its visitor did, or that a step of a tour could not be shown. */
export type ActivityEvent = VisitorActivity | StepNotFoundActivity

/** What a visitor did, as their browser saw it. The rest of the ten events the companion derives. */
export type VisitorActivity = TourCompletedActivity | ChecklistItemCompletedActivity | ContentActivity

/** The visitor has reached a tour's end. */
export interface TourCompletedActivity {
  /** What happened. */
  name: 'tour_completed'
  /** The tour's id. */
  id: string
  /** What the visitor answered on the way, by the fields' names. */
  answers?: Record<string, Json> | undefined
}

/** The visitor has completed a checklist's item. */
export interface ChecklistItemCompletedActivity {
  /** What happened. */
  name: 'checklist_item_completed'
  /** The item's id. */
  id: string
  /** The checklist's id. */
  checklist: string
}

/** The visitor has dismissed a checklist, or has seen or closed a banner. */
export interface ContentActivity {
  /** What happened. */
  name: 'checklist_dismissed' | 'banner_seen' | 'banner_closed'
  /** The checklist's or banner's id. */
  id: string
}

/** A tour went on without a step whose element was not there; the console marks it. */
export interface StepNotFoundActivity {
  /** What happened. */
  name: 'step_not_found'
  /** The tour's id. */
  id: string
  /** The step's id, or its index from 0 as a text. */
  step: string
  /** The page's path, its first 200 characters. */
  path: string
}

/** The body of `POST /v1/events`. */
export interface Activity {
  /** `msg_` and up to 100 letters, digits, `_` or `-`; the same twice counts once. */
  id: string
  /** ISO 8601, with any offset: when it happened. */
  timestamp: string
  /** Who did it; `null` for a visitor without an id. */
  userId: string | null
  /** HMAC-SHA256 of the user id, in hexadecimal, by the site's server. */
  userHash?: string | undefined
  /** All of the visitor's tags. */
  tags?: Tags | undefined
  /** Those of them that a tour has set. */
  managedTags?: Tags | undefined
  /** What happened, at most 100 events. */
  events: ActivityEvent[]
}

/** What `POST /v1/relay/:webhook` takes as the message; the companion makes its own of it. */
export interface RelayedMessage {
  /** `msg_` and up to 100 letters, digits, `_` or `-`; the same twice is sent once. */
  id: string
  /** ISO 8601, with any offset: when it happened. */
  timestamp: string
  /** Of no effect: the companion's config names the webhook. */
  name: string
  /** Who did it; `null` for a visitor without an id. */
  userId: string | null
  /** The trigger, with the ids of its tour and step and, for a trigger of the whole tour, when it fired. */
  events: RelayedEvent[]
  /** The values that were gathered, by the keys that the config gives them. */
  data: Record<string, Json>
}

/** Which trigger has fired. */
export interface RelayedEvent {
  /** Always this. */
  name: 'trigger_event'
  /** The tour's id. */
  id?: string | undefined
  /** The step's id, or its index from 0 as a text. */
  step?: string | undefined
  /** For a trigger of the whole tour: when it fired. */
  on?: 'started' | 'completed' | 'closed' | 'step' | undefined
}

/** The body of `POST /v1/relay/:webhook`: values alone; what is fixed comes from the companion's own config. */
export interface Relayed {
  /** What happened, and what was gathered. */
  message: RelayedMessage
  /** The values of the placeholders in the webhook's template, by the placeholders' names. */
  values?: Record<string, Json> | undefined
  /** What older pages send in place of `values`: the filled template. */
  content?: Json | undefined
  /** HMAC-SHA256 of the user id, in hexadecimal, by the site's server. */
  userHash?: string | undefined
}

const tags = z.record(name, scalar)
const messageId = z
  .string()
  .check(z.regex(/^msg_[\w-]{1,100}$/, { error: 'expected "msg_" and up to 100 letters, digits, "_" or "-"' }))
const timestamp = z.iso.datetime({
  offset: true,
  error: ({ input }) =>
    input === undefined
      ? 'is missing; expected a time such as "2026-11-23T09:00:00Z"'
      : 'expected a time such as "2026-11-23T09:00:00Z"',
})

export const activityEventSchema: z.ZodMiniType<ActivityEvent> = z.discriminatedUnion('name', [
  object({ name: z.literal('tour_completed'), id, answers: z.optional(z.record(name, json)) }),
  object({ name: z.literal('checklist_item_completed'), id, checklist: id }),
  object({ name: z.enum(['checklist_dismissed', 'banner_seen', 'banner_closed']), id }),
  object({ name: z.literal('step_not_found'), id, step: id, path: id }),
])

export const activitySchema: z.ZodMiniType<Activity> = object({
  id: messageId,
  timestamp,
  userId,
  userHash: z.optional(z.string()),
  tags: z.optional(tags),
  managedTags: z.optional(tags),
  events: z.array(activityEventSchema).check(z.maxLength(100)),
})

const relayedEvent = object({
  name: z.literal('trigger_event'),
  id: z.optional(id),
  step: z.optional(id),
  on: z.optional(z.enum(['started', 'completed', 'closed', 'step'])),
})

export const relayedSchema: z.ZodMiniType<Relayed> = object({
  message: object({
    id: messageId,
    timestamp,
    name: z.string(),
    userId,
    events: z.array(relayedEvent).check(z.maxLength(1)),
    data: z.record(z.string(), json),
  }),
  values: z.optional(z.record(z.string(), json)),
  content: z.optional(json),
  userHash: z.optional(z.string()),
})
