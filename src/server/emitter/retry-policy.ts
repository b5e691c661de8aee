const seconds = 1000
const minutes = 60 * seconds
const hours = 60 * minutes

/** Milliseconds before each attempt, as Standard Webhooks recommends: ten, over three days. */
export const standardSchedule: readonly number[] = [
  0,
  5 * seconds,
  5 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  10 * hours,
  14 * hours,
  20 * hours,
  24 * hours,
]

const longestRetryAfterMs = 24 * hours
const longestFailingMs = 120 * hours

/** How an attempt went, as far as the next one is concerned. */
export type AttemptOutcome = { kind: 'delivered' } | { kind: 'gone' } | Failure

interface Failure {
  kind: 'failed'
  /** The endpoint asks for mercy. */
  throttled: boolean
  /** Up to 24 hours. */
  retryAfterMs?: number
}

/** Reads an attempt's outcome: 2xx alone is success, and 410 asks never to come back. */
export function outcomeOf(answer: { status?: number; retryAfterMs?: number }): AttemptOutcome {
  const { status = 0, retryAfterMs } = answer
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 410) return { kind: 'gone' }
  if (retryAfterMs === undefined) return { kind: 'failed', throttled: [429, 502, 504].includes(status) }
  return { kind: 'failed', throttled: true, retryAfterMs: Math.min(retryAfterMs, longestRetryAfterMs) }
}

/** When the first attempt is due. */
export function firstAttemptAt(
  schedule: readonly number[],
  { now, random }: { now: number; random: () => number },
): number {
  return now + jittered(schedule[0] ?? 0, random)
}

/** When to try again after so many failures, or `undefined` when the schedule has ended. */
export function nextAttemptAt(
  schedule: readonly number[],
  failures: number,
  { now, random, retryAfterMs = 0 }: { now: number; random: () => number; retryAfterMs?: number | undefined },
): number | undefined {
  const delayMs = schedule[failures]
  if (delayMs === undefined) return undefined
  // A receiver may ask for more patience than ours, not for less: a short wait, granted each time,
  // would use the whole schedule up within seconds.
  return now + Math.max(jittered(delayMs, random), retryAfterMs)
}

/** Whether an endpoint has done nothing but fail for so long that it is not called any more. */
export function hasFailedTooLong(failingSince: number | undefined, now: number): boolean {
  return failingSince !== undefined && now - failingSince >= longestFailingMs
}

/** ±20 %, so that what failed together does not come back together. */
function jittered(ms: number, random: () => number): number {
  return Math.round(ms * (0.8 + random() * 0.4))
}
