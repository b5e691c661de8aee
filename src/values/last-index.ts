/** The index of the last item that passes, or -1; `findLastIndex` is younger than some browsers. */
export function lastIndexOf<T>(items: readonly T[], passes: (item: T, index: number) => boolean): number {
  for (let index = items.length - 1; index >= 0; index--) {
    if (passes(items[index] as T, index)) return index
  }
  return -1
}
