import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../../values/json.ts'
import { identitiesOf } from './identity.ts'

/** Where in a document: keys, and the ids of list items, such as `['steps', 'send', 'title']`. */
export type DraftPath = readonly string[]

/** One place that two people have changed differently. `undefined` stands for "removed". */
export interface Clash {
  path: DraftPath
  mine: Json | undefined
  theirs: Json | undefined
}

/** What two people's changes come to, and where they can't both hold: there, theirs is kept. */
export interface Merged {
  draft: Json | undefined
  clashes: Clash[]
}

/**
 * Brings together two drafts that began from the same one.
 *
 * Objects merge by key; lists whose items have an id or a name merge by item, so that two steps, or two fields of
 * one step, never clash. Everything else is one value.
 */
export function mergeDrafts(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  path: DraftPath = [],
): Merged {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(mine, base)) return { draft: theirs, clashes: [] }
  if (isDeepStrictEqual(theirs, base)) return { draft: mine, clashes: [] }
  if (isObject(mine) && isObject(theirs)) return mergeObjects(isObject(base) ? base : {}, mine, theirs, path)
  const lists = identified(base ?? [], mine, theirs)
  if (lists) return mergeLists(lists, path)
  return { draft: theirs, clashes: [{ path, mine, theirs }] }
}

/** The draft with a value at a path; `undefined` takes it away. */
export function withValueAt(
  draft: Json | undefined,
  path: DraftPath,
  value: Json | undefined,
): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(draft)) {
    const ids = identitiesOf(draft) ?? []
    const index = ids.indexOf(key)
    const changed = withValueAt(draft[index], rest, value)
    if (index === -1) return changed === undefined ? draft : [...draft, changed]
    return draft.flatMap((item, at) => (at !== index ? [item] : changed === undefined ? [] : [changed]))
  }
  const object = isObject(draft) ? draft : {}
  return compact({ ...object, [key]: withValueAt(object[key], rest, value) })
}

type Items = Map<string, Json>

function mergeObjects(
  base: { [key: string]: Json },
  mine: { [key: string]: Json },
  theirs: { [key: string]: Json },
  path: DraftPath,
): Merged {
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]
  const merged = keys.map(key => ({ key, ...mergeDrafts(base[key], mine[key], theirs[key], [...path, key]) }))
  return {
    draft: compact(Object.fromEntries(merged.map(({ key, draft }) => [key, draft]))),
    clashes: merged.flatMap(({ clashes }) => clashes),
  }
}

function mergeLists(
  { base, mine, theirs }: Record<'base' | 'mine' | 'theirs', Items>,
  path: DraftPath,
): Merged {
  const clashes: Clash[] = []
  const items = new Map<string, Json>()
  for (const id of new Set([...theirs.keys(), ...mine.keys()])) {
    const merged = mergeDrafts(base.get(id), mine.get(id), theirs.get(id), [...path, id])
    clashes.push(...merged.clashes)
    if (merged.draft !== undefined) items.set(id, merged.draft)
  }
  const draft = orderOf(base, mine, theirs).flatMap(id => items.get(id) ?? [])
  return { draft, clashes }
}

/** Whoever moved something says how the list is ordered; what only the other has follows what it followed there. */
function orderOf(base: Items, mine: Items, theirs: Items): string[] {
  const common = [...mine.keys()].filter(id => base.has(id))
  const before = [...base.keys()].filter(id => mine.has(id))
  const [first, second] = isDeepStrictEqual(common, before) ? [theirs, mine] : [mine, theirs]
  const order = [...first.keys()]
  const others = [...second.keys()]
  for (const [index, id] of others.entries()) {
    if (order.includes(id)) continue
    const previous = others[index - 1]
    order.splice(previous === undefined ? 0 : order.indexOf(previous) + 1, 0, id)
  }
  return order
}

function identified(
  ...lists: [Json, Json | undefined, Json | undefined]
): Record<'base' | 'mine' | 'theirs', Items> | undefined {
  const [base, mine, theirs] = lists.map(list => {
    if (!Array.isArray(list)) return undefined
    const ids = identitiesOf(list)
    return ids && new Map(ids.map((id, index) => [id, list[index] ?? null]))
  })
  return base && mine && theirs ? { base, mine, theirs } : undefined
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function compact(values: Record<string, Json | undefined>): { [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}
