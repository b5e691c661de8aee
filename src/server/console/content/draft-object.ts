import type { Json } from '../../../values/json.ts'

/** An object of a draft: whatever somebody has saved, not yet what the schema wants. */
export type DraftObject = { [key: string]: Json }

export function objectOf(value: Json | undefined): DraftObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

export function objectsIn(value: Json | undefined): DraftObject[] {
  return Array.isArray(value) ? value.map(objectOf) : []
}

export function textIn(object: DraftObject, key: string): string {
  const value = object[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The object with these entries; what is empty is left out. */
export function withEntries(object: DraftObject, entries: Record<string, Json | undefined>): DraftObject {
  return Object.fromEntries(
    Object.entries({ ...object, ...entries }).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== '' && !isEmptyList(entry[1]),
    ),
  )
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0
}
