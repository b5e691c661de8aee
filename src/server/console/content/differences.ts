import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../../values/json.ts'
import { identitiesOf } from './identity.ts'

/** One place where a document has changed; absent is what was not there before, or is no longer. */
export interface Difference {
  /** Keys, and the ids of list items: `['steps', 'send', 'title']`. */
  path: string[]
  before?: Json | undefined
  after?: Json | undefined
}

/** What has changed from one document to another, each place once, in reading order. */
export function differencesOf(
  before: Json | undefined,
  after: Json | undefined,
  path: string[] = [],
): Difference[] {
  if (isDeepStrictEqual(before, after)) return []
  const [left, right] = [entriesOf(before), entriesOf(after)]
  if (!left || !right || Array.isArray(before) !== Array.isArray(after)) return [{ path, before, after }]
  const keys = [...new Set([...right.keys(), ...left.keys()])]
  const inner = keys.flatMap(key => differencesOf(left.get(key), right.get(key), [...path, key]))
  // The same items in another order.
  return inner.length > 0 ? inner : [{ path, before: [...left.keys()], after: [...right.keys()] }]
}

function entriesOf(value: Json | undefined): Map<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const ids = identitiesOf(value)
  return ids && new Map(ids.map((id, index) => [id, value[index] ?? null]))
}
