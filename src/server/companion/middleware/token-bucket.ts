import type { Clock } from '../../clock.ts'

/** How many tokens one caller may take: `perSecond` for ever, `burst` at once. */
export interface Rate {
  /** How many are allowed a second, over time. */
  perSecond: number
  /** How many are allowed at once. */
  burst: number
}

export interface TokenBucketOptions {
  /** Monotonic, so that a wall clock that is put right locks nobody out. */
  clock: Pick<Clock, 'elapsed'>
  /** How many callers are remembered; the one that has been quiet for longest is dropped first. @default 10_000 */
  callers?: number | undefined
}

/** A bucket of tokens for each caller. */
export interface TokenBuckets {
  /**
   * How many milliseconds until so many tokens are there; 0 when they are. More than a whole bucket is never asked for.
   *
   * @param reserve The share of the bucket that this caller may not take. @default 0
   */
  waitMs(caller: string, tokens?: number, reserve?: number): number
  /** Takes tokens, whether they are there or not. */
  take(caller: string, tokens?: number): void
  /** Whether a caller's bucket is full: it has not called, or not lately. */
  isFull(caller: string): boolean
}

/**
 * Token buckets, each written as the time at which it is full again (GCRA, ITU-T I.371): one number a caller, and a
 * caller without one has a full bucket.
 */
export function createTokenBuckets(
  { perSecond, burst }: Rate,
  { clock, callers = 10_000 }: TokenBucketOptions,
): TokenBuckets {
  const tokenMs = 1000 / perSecond
  const fullAt = new Map<string, number>()

  function costMs(tokens: number): number {
    return Math.min(tokens, burst) * tokenMs
  }

  return {
    waitMs(caller, tokens = 1, reserve = 0) {
      const now = clock.elapsed()
      const next = Math.max(fullAt.get(caller) ?? 0, now) + costMs(tokens)
      return Math.max(0, next - now - burst * tokenMs * (1 - reserve))
    },
    take(caller, tokens = 1) {
      const next = Math.max(fullAt.get(caller) ?? 0, clock.elapsed()) + costMs(tokens)
      // Set again, the caller moves to the map's end: its front is who has been quiet for longest.
      fullAt.delete(caller)
      fullAt.set(caller, next)
      const [quietest] = fullAt.keys()
      if (fullAt.size > callers && quietest !== undefined) fullAt.delete(quietest)
    },
    isFull: caller => (fullAt.get(caller) ?? 0) <= clock.elapsed(),
  }
}
