/** ms that nobody can put right; by the wall clock where a script of the page has a `performance` of its own. */
export function elapsedMs(): number {
  return performance?.now?.() ?? Date.now()
}

/**
 * How many ms of a wait are left until a time of the wall clock (ms since 1970); none once it is over, nor where more
 * are left than it had: it is from before the clock was put back.
 */
export function leftMs(until: number, longestMs: number): number {
  const left = until - Date.now()
  return left > 0 && left <= longestMs ? left : 0
}
