import * as z from 'zod/mini'
import { id, name, object, scalar } from './primitives.ts'

const tags = z.record(name, scalar)
const answers = z.record(name, z.json())
const messageId = z.string().check(z.regex(/^msg_[\w-]{1,100}$/))
const timestamp = z.iso.datetime()
const userId = z.nullable(z.string().check(z.minLength(1), z.maxLength(200)))

/** What a visitor did, as their browser saw it. The rest of the ten events the companion derives. */
export const activityEventSchema = z.discriminatedUnion('name', [
  object({ name: z.literal('tour_completed'), id, answers: z.optional(answers) }),
  object({ name: z.literal('checklist_item_completed'), id, checklist: id }),
  object({ name: z.literal('checklist_dismissed'), id }),
  object({ name: z.literal('banner_seen'), id }),
  object({ name: z.literal('banner_closed'), id }),
])

/** The body of `POST /v1/events`. The same `id` twice counts once. */
export const activitySchema = object({
  id: messageId,
  timestamp,
  userId,
  /** HMAC-SHA256 of the user id, in hexadecimal, by the site's server. */
  userHash: z.optional(z.string()),
  /** All of the visitor's tags. */
  tags: z.optional(tags),
  /** Those of them that a tour has set. */
  managedTags: z.optional(tags),
  events: z.array(activityEventSchema).check(z.maxLength(100)),
})

/** The body of `POST /v1/relay/:webhook`: the message, and the webhook's template as the browser has filled it. */
export const relayedSchema = object({
  message: object({
    id: messageId,
    timestamp,
    name: z.string(),
    userId,
    events: z
      .array(object({ name: z.literal('trigger_event'), id: z.optional(id), step: z.optional(id) }))
      .check(z.maxLength(1)),
    data: z.record(z.string(), z.json()),
  }),
  content: z.optional(z.json()),
  userHash: z.optional(z.string()),
})

export type ActivityEvent = z.infer<typeof activityEventSchema>
export type Activity = z.infer<typeof activitySchema>
export type Relayed = z.infer<typeof relayedSchema>
