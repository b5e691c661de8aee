/**
 * A plain array of what an array-like holds.
 *
 * By its index: Prototype and MooTools replace `Array.from`, and old polyfills the iterators.
 */
export function listOf<T>(items: ArrayLike<T>): T[] {
  const list: T[] = []
  for (let index = 0; index < items.length; index++) list.push(items[index] as T)
  return list
}
