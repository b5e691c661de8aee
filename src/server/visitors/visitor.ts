import * as z from 'zod/mini'
import type { Tags } from '../../values/tags.ts'

/** What is kept of one user between activities. */
export type Visitor = {
  /** The last value of each tag that the page has set. */
  tags: Tags
  /** The last value of each tag that a tour has set. */
  managedTags: Tags
  /** The tours they completed. */
  tours: string[]
  /** The items they completed, each as `[checklist, item]`. */
  items: [checklist: string, item: string][]
  /** The checklists they completed. */
  checklists: string[]
  /** The segments they are in. */
  segments: string[]
}

// The shape alone: the entries are our own, and a user's every activity reads them.
const tags = z.custom<Tags>(value => typeof value === 'object' && value !== null && !Array.isArray(value))
const ids = z.custom<string[]>(Array.isArray)
const visitor = z.object({
  tags,
  managedTags: tags,
  tours: ids,
  items: z.custom<Visitor['items']>(Array.isArray),
  checklists: ids,
  segments: ids,
})

/** A user without anything known yet. */
export const newVisitor: Visitor = {
  tags: {},
  managedTags: {},
  tours: [],
  items: [],
  checklists: [],
  segments: [],
}

/** How many tags of one user are kept, of the page's and of a tour's each: as many as an activity may bring. */
const mostTags = 200
/** How many tours, items and checklists. */
const mostIds = 500
/** How many characters of either: every activity reads and writes them all. */
const mostCharacters = { tags: 32_768, managedTags: 16_384, ids: 16_384 }

/** Reads what a store has kept; what can't be read counts as nothing known. */
export function readVisitor(kept: unknown): Visitor | undefined {
  return z.safeParse(visitor, kept).data
}

/** A visitor whose growing parts are cut to the newest, so that nobody fills the store under one name. */
export function bounded({ tags, managedTags, tours, items, checklists, segments }: Visitor): Visitor {
  return {
    tags: newestTags(tags, mostCharacters.tags),
    managedTags: newestTags(managedTags, mostCharacters.managedTags),
    tours: newestIds(tours),
    items: newestIds(items),
    checklists: newestIds(checklists),
    segments,
  }
}

/** All tags of a visitor; one that a tour has set takes precedence over the page's. */
export function allTags({ tags, managedTags }: Pick<Visitor, 'tags' | 'managedTags'>): Tags {
  return { ...tags, ...managedTags }
}

function newestTags(tags: Tags, most: number): Tags {
  return Object.fromEntries(newest(Object.entries(tags), mostTags, most))
}

function newestIds<T extends string | [string, string]>(ids: readonly T[]): T[] {
  return newest(ids, mostIds, mostCharacters.ids)
}

/** The last of these: at most so many, with at most so many characters. */
function newest<T>(items: readonly T[], count: number, characters: number): T[] {
  let start = items.length
  let left = characters
  while (start > 0 && items.length - start < count) {
    left -= String(items[start - 1]).length
    if (left < 0) break
    start -= 1
  }
  return items.slice(start)
}
