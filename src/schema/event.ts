import * as z from 'zod/mini'

/** The ten events that can send a server-side webhook. */
export const eventNameSchema = z.enum([
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
])

export type EventName = z.infer<typeof eventNameSchema>
