/** How often one caller may call: `perSecond` for ever, `burst` at once. */
export interface Rate {
  perSecond: number
  burst: number
}

/** Takes a call's turn: 0 when it may pass, else how many milliseconds to wait. */
export type RateLimit = (caller: string) => number

/**
 * Limits each caller's rate by a token bucket, written as the time at which the bucket is full again
 * (GCRA, ITU-T I.371): one number a caller, and a caller without one has a full bucket.
 *
 * At most `callers` are remembered; the one that has been quiet for longest makes way.
 */
export function createRateLimit(
  { perSecond, burst }: Rate,
  { now = Date.now, callers = 10_000 }: { now?: () => number; callers?: number } = {},
): RateLimit {
  const tokenMs = 1000 / perSecond
  const fullAt = new Map<string, number>()

  return caller => {
    const time = now()
    const next = Math.max(fullAt.get(caller) ?? 0, time) + tokenMs
    const waitMs = next - time - burst * tokenMs
    if (waitMs > 0) return waitMs
    // Set anew, the caller moves to the map's end: its front is who has been quiet for longest.
    fullAt.delete(caller)
    fullAt.set(caller, next)
    const [quietest] = fullAt.keys()
    if (fullAt.size > callers && quietest !== undefined) fullAt.delete(quietest)
    return 0
  }
}
