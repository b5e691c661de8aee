import * as z from 'zod/mini'
import { id, object, tagConditions } from './primitives.ts'

/** A list of things to do; an item is completed by hand, or when a tour is. */
export const checklistSchema = object({
  id,
  name: z.optional(z.string()),
  title: z.optional(z.string()),
  items: z
    .array(
      object({
        id,
        title: z.optional(z.string()),
        tour: z.optional(id.check(z.describe('Completing this tour completes the item.'))),
      }),
    )
    .check(z.minLength(1)),
})

/** A note at the top or the bottom of the page. */
export const bannerSchema = object({
  id,
  name: z.optional(z.string()),
  content: z.optional(z.string().check(z.describe('May hold {placeholders}.'))),
  position: z.optional(z.enum(['top', 'bottom'])),
})

/** Users who meet every rule; the companion keeps who is in it. */
export const segmentSchema = object({
  id,
  name: z.optional(z.string()),
  tags: z.optional(tagConditions),
  completed: z.optional(z.array(id).check(z.describe('Tours and checklists that the user has completed.'))),
  notCompleted: z.optional(z.array(id)),
})

export type ChecklistDefinition = z.infer<typeof checklistSchema>
export type BannerDefinition = z.infer<typeof bannerSchema>
export type Segment = z.infer<typeof segmentSchema>
