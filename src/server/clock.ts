/** Time, passed in so that a test can wind it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs `task` once, `ms` milliseconds from now; returns its undo. */
  after(ms: number, task: () => void): () => void
}

/** The machine's clock. What waits for it does not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, task) {
    const timer = setTimeout(task, ms).unref()
    return () => clearTimeout(timer)
  },
}
