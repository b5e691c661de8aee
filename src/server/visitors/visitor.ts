import * as z from 'zod/mini'
import type { Tags } from '../../values/tags.ts'

const tags = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const ids = z.array(z.string())

const visitor = z.object({
  tags,
  managedTags: tags,
  tours: ids,
  /** Each as `[checklist, item]`. */
  items: z.array(z.tuple([z.string(), z.string()])),
  checklists: ids,
  segments: ids,
})

/** What is kept of one user between activities: the last value of each tag, what was completed, the segments they are in. */
export type Visitor = z.infer<typeof visitor>

/** A user of whom nothing is known yet. */
export const newVisitor: Visitor = {
  tags: {},
  managedTags: {},
  tours: [],
  items: [],
  checklists: [],
  segments: [],
}

/** How many of the page's tags and of a tour's are kept of one user, as many as an activity may bring; the oldest are dropped. */
const keptTags = 200
/** How many tours, items and checklists. */
const keptOfEach = 500

/** Reads what a store has kept; what can't be read is a user of whom nothing is known. */
export function readVisitor(kept: unknown): Visitor | undefined {
  return z.safeParse(visitor, kept).data
}

/** A visitor whose growing parts are cut to the newest, so that nobody fills the store under one name. */
export function bounded({ tags, managedTags, tours, items, checklists, segments }: Visitor): Visitor {
  return {
    tags: newestTags(tags),
    managedTags: newestTags(managedTags),
    tours: tours.slice(-keptOfEach),
    items: items.slice(-keptOfEach),
    checklists: checklists.slice(-keptOfEach),
    segments,
  }
}

/** All tags of a visitor; one that a tour has set takes precedence over the page's. */
export function allTags({ tags, managedTags }: Pick<Visitor, 'tags' | 'managedTags'>): Tags {
  return { ...tags, ...managedTags }
}

function newestTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).slice(-keptTags))
}
