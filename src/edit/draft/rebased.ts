import type { Json } from '../../values/json.ts'
import { idOf } from './draft-steps.ts'

/** What `yours` has changed since `base`, done to `theirs`; of what both have changed, yours. */
export function rebased(
  base: Json | undefined,
  theirs: Json | undefined,
  yours: Json | undefined,
): Json | undefined {
  if (isSame(base, yours)) return theirs
  if (isSame(base, theirs)) return yours
  if (Array.isArray(base) && Array.isArray(theirs) && Array.isArray(yours))
    return rebasedList(base, theirs, yours)
  if (!isObject(base) || !isObject(theirs) || !isObject(yours)) return yours
  const keys = new Set([...Object.keys(theirs), ...Object.keys(yours)])
  const entries = [...keys].map(key => [key, rebased(base[key], theirs[key], yours[key])] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Json
}

/** Item by item, each known by its id, in your order. */
function rebasedList(base: Json[], theirs: Json[], yours: Json[]): Json[] {
  const itemIn = (list: Json[], item: Json) => list.find(one => idOf(one) === idOf(item))
  const kept = yours.flatMap(item => {
    const merged = rebased(itemIn(base, item), itemIn(theirs, item), item)
    return merged === undefined ? [] : [merged]
  })
  for (const [at, item] of theirs.entries()) {
    if (!itemIn(base, item) && !itemIn(yours, item)) kept.splice(at, 0, item)
  }
  return kept
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
