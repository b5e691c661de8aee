/** Time, passed in so that a test can wind it by hand. */
export interface Clock {
  /** The wall clock: whole milliseconds since 1970. It may be put forward or back. */
  now(): number
  /** Milliseconds since some moment. They only ever grow, whatever becomes of the wall clock: for limits and pauses. */
  elapsed(): number
  /** Runs `task` once, `ms` milliseconds from now; returns its undo. */
  after(ms: number, task: () => void): () => void
}

/** The machine's clock. What waits for it does not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms).unref()
    return () => clearTimeout(timer)
  },
}

/**
 * The time by which work falls due: the wall clock's, which it follows forward and never back.
 *
 * What was due stays due when a clock that was ahead is put right.
 */
export function steadyTime({ now, elapsed }: Pick<Clock, 'now' | 'elapsed'>): () => number {
  let latest = now()
  let at = elapsed()
  return () => {
    const since = elapsed() - at
    at += since
    latest = Math.max(now(), latest + since)
    return Math.floor(latest)
  }
}
