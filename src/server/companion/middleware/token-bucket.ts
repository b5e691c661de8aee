import type { Clock } from '../../clock.ts'

/** How often one caller may call: `perSecond` for ever, `burst` at once. */
export interface Rate {
  /** How many are allowed a second, over time. */
  perSecond: number
  /** How many are allowed at once. */
  burst: number
}

/** Takes a caller's token: 0 when it may pass, else how many milliseconds to wait. */
export type TokenBuckets = (caller: string) => number

export interface TokenBucketOptions {
  /** Monotonic, so that a wall clock that is put right locks nobody out. */
  clock: Pick<Clock, 'elapsed'>
  /** How many callers are remembered; the one that has been quiet for longest is dropped first. @default 10_000 */
  callers?: number | undefined
}

/**
 * A token bucket for each caller, written as the time at which it is full again (GCRA, ITU-T I.371):
 * one number a caller, and a caller without one has a full bucket.
 */
export function createTokenBuckets(
  { perSecond, burst }: Rate,
  { clock, callers = 10_000 }: TokenBucketOptions,
): TokenBuckets {
  const tokenMs = 1000 / perSecond
  const fullAt = new Map<string, number>()

  return caller => {
    const now = clock.elapsed()
    const next = Math.max(fullAt.get(caller) ?? 0, now) + tokenMs
    const waitMs = next - now - burst * tokenMs
    if (waitMs > 0) return waitMs
    // Set anew, the caller moves to the map's end: its front is who has been quiet for longest.
    fullAt.delete(caller)
    fullAt.set(caller, next)
    const [quietest] = fullAt.keys()
    if (fullAt.size > callers && quietest !== undefined) fullAt.delete(quietest)
    return 0
  }
}
