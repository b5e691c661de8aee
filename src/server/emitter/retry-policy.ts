import type { AttemptOutcome, NextState } from './delivery-types.ts'

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
const longestSilenceMs = 48 * hours
const leastFailures = 10

/** When failures of a webhook were, since its last success and without a gap of two days, and how many. */
export interface FailureStretch {
  from: number
  last: number
  count: number
}

/** Reads an attempt's outcome: 2xx alone is success, and 410 asks never to come back. */
export function attemptOutcome(answer: {
  status?: number | undefined
  retryAfterMs?: number | undefined
}): AttemptOutcome {
  const { status = 0, retryAfterMs } = answer
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 410) return { kind: 'gone' }
  if (retryAfterMs === undefined) return { kind: 'failed', throttled: [429, 502, 504].includes(status) }
  return { kind: 'failed', throttled: true, retryAfterMs: Math.min(retryAfterMs, longestRetryAfterMs) }
}

/** What becomes of a delivery after its so-manieth failed attempt, or its success. */
export function nextState(
  outcome: AttemptOutcome,
  failures: number,
  { schedule, ...options }: { schedule: readonly number[]; now: number; random: () => number },
): NextState {
  if (outcome.kind === 'delivered') return { state: 'delivered' }
  if (outcome.kind === 'gone') return { state: 'failed' }
  const { retryAfterMs } = outcome
  const dueAt = nextAttemptAt(schedule, failures, { ...options, retryAfterMs })
  return dueAt === undefined ? { state: 'failed' } : { state: 'pending', dueAt }
}

/** When the first attempt is due. */
export function firstAttemptAt(
  schedule: readonly number[],
  { now, random }: { now: number; random: () => number },
): number {
  return Math.ceil(now + jittered(schedule[0] ?? 0, random))
}

/** When to try again after so many failures, or `undefined` when the schedule has ended. In whole milliseconds. */
export function nextAttemptAt(
  schedule: readonly number[],
  failures: number,
  { now, random, retryAfterMs = 0 }: { now: number; random: () => number; retryAfterMs?: number | undefined },
): number | undefined {
  const delayMs = schedule[failures]
  if (delayMs === undefined) return undefined
  // A receiver may ask for more patience than ours, not for less: a short wait, granted each time,
  // would use the whole schedule up within seconds.
  return Math.ceil(now + Math.max(jittered(delayMs, random), retryAfterMs))
}

/** The stretch with one more failure in it; after two days without any attempt a new one begins. */
export function withFailure(before: FailureStretch | undefined, at: number): FailureStretch {
  // The longest step of the schedule is a day: whoever is called more seldom has not been asked in between.
  if (!before || at - before.last > longestSilenceMs) return { from: at, last: at, count: 1 }
  return { ...before, last: Math.max(at, before.last), count: before.count + 1 }
}

/** Whether an endpoint was asked often enough, over five days, and has only failed: it is not called any more. */
export function hasFailedTooLong({ from, last, count }: FailureStretch): boolean {
  return last - from >= longestFailingMs && count >= leastFailures
}

/** ±20 %, so that what failed together does not come back together. */
function jittered(ms: number, random: () => number): number {
  return ms * (0.8 + random() * 0.4)
}
