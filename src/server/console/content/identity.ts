import type { Json } from '../../../values/json.ts'

/** What the items of a list are known by: their ids, or their names; `undefined` when that doesn't hold for each. */
export function identitiesOf(list: readonly Json[]): string[] | undefined {
  const ids = list.map(identityOf)
  const known = ids.filter(id => id !== undefined)
  return known.length === list.length && new Set(known).size === known.length ? known : undefined
}

function identityOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  const id = Object.hasOwn(item, 'id') ? item.id : item.name
  return typeof id === 'string' ? id : undefined
}
