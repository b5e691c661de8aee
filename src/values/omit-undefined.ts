/** A value of which no entry is `undefined`, though some may be absent. */
export type WithoutUndefined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** Leaves out the entries without a value: a schema's output has them as `undefined`, strict types want them absent. */
export function omitUndefined<T extends object>(values: T): WithoutUndefined<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as WithoutUndefined<T>
}
