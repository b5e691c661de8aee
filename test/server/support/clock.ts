import type { Clock } from '../../../src/server/clock.ts'

/** A clock that stands still until it is wound. */
export interface HandWoundClock extends Clock {
  /** Moves on at once, as if the process had slept: what came due meanwhile runs now. */
  wind(ms: number): void
  /** Puts the wall clock forward or back, as an administrator would: no time passes. */
  putRight(ms: number): void
}

/** Makes a clock that a test winds. */
export function handWoundClock(start = Date.UTC(2026, 10, 23, 9)): HandWoundClock {
  const alarms = new Set<{ at: number; task: () => void }>()
  let elapsed = 0
  let ahead = start

  return {
    now: () => ahead + elapsed,
    elapsed: () => elapsed,
    after(ms, task) {
      const alarm = { at: elapsed + ms, task }
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
    wind(ms) {
      elapsed += ms
      const due = [...alarms].filter(({ at }) => at <= elapsed).sort((a, b) => a.at - b.at)
      for (const alarm of due) {
        alarms.delete(alarm)
        alarm.task()
      }
    },
    putRight(ms) {
      ahead += ms
    },
  }
}
