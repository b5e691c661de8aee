/**
 * A time or a span in whole milliseconds, as databases count them.
 *
 * @throws {TypeError} for what is no finite number.
 */
export function wholeMs(ms: number): number {
  if (!Number.isFinite(ms)) throw new TypeError(`expected a time in milliseconds, got ${ms}`)
  return Math.round(ms)
}
