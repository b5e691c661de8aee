import type { Clock } from '../../../src/server/clock.ts'

/** A clock that stands still until it is wound. */
export interface HandWoundClock extends Clock {
  /** Moves on, and runs what comes due on the way, each at its time. */
  wind(ms: number): void
}

/** Makes a clock that a test winds. */
export function handWoundClock(start = Date.UTC(2026, 10, 23, 9)): HandWoundClock {
  const alarms = new Set<{ at: number; task: () => void }>()
  let now = start

  return {
    now: () => now,
    after(ms, task) {
      const alarm = { at: now + ms, task }
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
    wind(ms) {
      const end = now + ms
      for (;;) {
        const [next] = [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        alarms.delete(next)
        now = Math.max(now, next.at)
        next.task()
      }
      now = end
    },
  }
}
