/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const hasOwn = Object.prototype.hasOwnProperty

/** Whether an object has the key itself; `Object.hasOwn` is younger than some browsers. */
export function hasKey(values: object, key: string): boolean {
  return hasOwn.call(values, key)
}

/** An object's own value, or `undefined`: never one of its prototype. */
export function own<T>(values: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return values && hasKey(values, key) ? values[key] : undefined
}

/** The object with each value mapped; what becomes `undefined` is left out. Own keys only, `__proto__` among them. */
export function mapValues<T, R>(
  values: Readonly<Record<string, T>>,
  map: (value: T, key: string) => R | undefined,
): Record<string, R> {
  const entries = Object.entries(values).map(([key, value]): [string, R | undefined] => [key, map(value, key)])
  return Object.fromEntries(entries.filter((entry): entry is [string, R] => entry[1] !== undefined))
}

/**
 * The value as JSON, whatever `toJSON` an old library has given to arrays and objects: Prototype 1.7 makes a text
 * of each list (https://github.com/prototypejs/prototype/issues/338).
 */
export function stringify(value: unknown): string {
  return JSON.stringify('toJSON' in Array.prototype ? withoutPrototype(value) : value)
}

/** Arrays and plain objects with nothing but what is their own; a Date and its like say themselves what they are. */
function withoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return Object.setPrototypeOf(value.map(withoutPrototype), null)
  const isPlain = Object(value) === value && Object.getPrototypeOf(value) === Object.prototype
  return isPlain
    ? Object.setPrototypeOf(mapValues(value as Record<string, unknown>, withoutPrototype), null)
    : value
}
