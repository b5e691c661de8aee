import * as z from 'zod/mini'

/** The ten events that can send a server-side webhook. */
const eventNames = [
  'tour_completed',
  'checklist_item_completed',
  'checklist_completed',
  'checklist_dismissed',
  'banner_seen',
  'banner_closed',
  'user_created',
  'user_tag_added',
  'script_tag_set',
  'auto_segment_changed',
] as const

/** One of the ten events that can send a server-side webhook. */
export type EventName = (typeof eventNames)[number]

export const eventNameSchema: z.ZodMiniEnum<{ [Name in EventName]: Name }> = z.enum(eventNames)

/** What becomes of webhooks and their deliveries: four events for whoever looks after them. */
export const operationalEventNames = [
  'webhook_failing',
  'webhook_disabled',
  'webhook_recovered',
  'delivery_exhausted',
] as const

/** One of the four operational events, to which any server-side webhook may subscribe, too. */
export type OperationalEventName = (typeof operationalEventNames)[number]

/** Whatever a webhook may subscribe to. */
export const subscriptionSchema: z.ZodMiniEnum<{ [Name in EventName | OperationalEventName]: Name }> = z.enum([
  ...eventNames,
  ...operationalEventNames,
])
