import * as z from 'zod/mini'
import type { TagConditions } from '../values/tag-conditions.ts'
import { id, object, optional, required, tagConditionsSchema } from './primitives.ts'

/** A list of things to do; an item is completed by hand, or when a tour is. */
export interface ChecklistDefinition {
  /** What data-show, segments and the page's own code call the checklist. */
  id: string
  /** The checklist's name, for people; the heading where there is no title. */
  name?: string | undefined
  /** The heading. */
  title?: string | undefined
  /** What there is to do. */
  items: ChecklistItemDefinition[]
}

/** One thing to do. */
export interface ChecklistItemDefinition {
  /** What the page's own code calls the item. */
  id: string
  /**
   * What to do, in words.
   * @default the id
   */
  title?: string | undefined
  /** The id of a tour: the item starts it, and completing it completes the item. */
  tour?: string | undefined
}

/** A note at the top or the bottom of the page. */
export interface BannerDefinition {
  /** What data-show and the page's own code call the banner. */
  id: string
  /**
   * What screen readers call the banner.
   * @default the id
   */
  name?: string | undefined
  /** The text, with **bold**, *italic* and [links](https://example.com); may hold {placeholders}. */
  content?: string | undefined
  /**
   * The edge of the page that it is at.
   * @default 'top'
   */
  position?: 'top' | 'bottom' | undefined
}

/** Users who meet every rule; the companion keeps who is in it. */
export interface Segment {
  /** What arrives as the id of auto_segment_changed. */
  id: string
  /** The segment's name, for people. */
  name?: string | undefined
  /** Conditions on the user's tags, by the tag's name. */
  tags?: TagConditions | undefined
  /** Tours and checklists that the user has completed, by their ids. */
  completed?: string[] | undefined
  /** Tours and checklists that the user has not completed, by their ids. */
  notCompleted?: string[] | undefined
}

const item: z.ZodMiniType<ChecklistItemDefinition> = object({
  id: required("What the page's own code calls the item.", id),
  title: optional('What to do, in words.', z.string()),
  tour: optional('The id of a tour: the item starts it, and completing it completes the item.', id),
})

export const checklistSchema: z.ZodMiniType<ChecklistDefinition> = object({
  id: required("What data-show, segments and the page's own code call the checklist.", id),
  name: optional("The checklist's name, for people; the heading where there is no title.", z.string()),
  title: optional('The heading.', z.string()),
  items: required('What there is to do.', z.array(item).check(z.minLength(1))),
})

export const bannerSchema: z.ZodMiniType<BannerDefinition> = object({
  id: required("What data-show and the page's own code call the banner.", id),
  name: optional('What screen readers call the banner.', z.string()),
  content: optional(
    'The text, with **bold**, *italic* and [links](https://example.com); may hold {placeholders}.',
    z.string(),
  ),
  position: optional('The edge of the page that it is at.', z.enum(['top', 'bottom'])),
})

export const segmentSchema: z.ZodMiniType<Segment> = object({
  id: required('What arrives as the id of auto_segment_changed.', id),
  name: optional("The segment's name, for people.", z.string()),
  tags: optional("Conditions on the user's tags, by the tag's name.", tagConditionsSchema),
  completed: optional('Tours and checklists that the user has completed, by their ids.', z.array(id)),
  notCompleted: optional('Tours and checklists that the user has not completed, by their ids.', z.array(id)),
})
