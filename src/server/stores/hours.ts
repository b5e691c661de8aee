import { wholeMs } from '../../values/whole-ms.ts'
import type { HourCount, Settlement } from './store.ts'

const hourMs = 60 * 60 * 1000

const outcomes = { delivered: 'delivered', failed: 'failed', pending: 'retried' } as const

/** The attempts of settlements, by hour, webhook and outcome; in one order, so that two writers never wait for each other. */
export function hoursOf(settlements: readonly Settlement[]): HourCount[] {
  const counts = new Map<string, HourCount>()
  for (const { webhook, attempt, state } of settlements) {
    if (!attempt) continue
    const hour = hourOf(attempt.at)
    const outcome = outcomes[state]
    const key = `${hour} ${outcome} ${webhook}`
    const count = counts.get(key) ?? { hour, webhook, outcome, attempts: 0, durationMs: 0 }
    count.attempts += 1
    count.durationMs += wholeMs(attempt.durationMs)
    counts.set(key, count)
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
}

/** The start of a time's hour. */
export function hourOf(ms: number): number {
  return Math.floor(ms / hourMs) * hourMs
}

/** The counts of all webhooks as those of one, under an empty id. */
export function togetherOf(counts: readonly HourCount[]): HourCount[] {
  const sums = new Map<string, HourCount>()
  for (const { hour, outcome, attempts, durationMs } of counts) {
    const key = `${hour} ${outcome}`
    const sum = sums.get(key) ?? { hour, webhook: '', outcome, attempts: 0, durationMs: 0 }
    sums.set(key, { ...sum, attempts: sum.attempts + attempts, durationMs: sum.durationMs + durationMs })
  }
  return [...sums.values()]
}
