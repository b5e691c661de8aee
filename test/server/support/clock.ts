import type { Clock } from '../../../src/server/clock.ts'

/** A clock that stands still until it is wound. */
export interface HandWoundClock extends Clock {
  /** Moves on at once, as if the process had slept: what came due meanwhile runs now. */
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
      now += ms
      const due = [...alarms].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
      for (const alarm of due) {
        alarms.delete(alarm)
        alarm.task()
      }
    },
  }
}
