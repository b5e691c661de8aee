/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A tag's value, as pages set them. */
export type TagValue = string | number | boolean

/** Tags by their name. */
export type Tags = Record<string, TagValue>

/** An object's own value, or `undefined`: never one of its prototype. */
export function own<T>(values: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return values && Object.hasOwn(values, key) ? values[key] : undefined
}
