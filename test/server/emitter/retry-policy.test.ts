import { describe, expect, it } from 'vitest'
import {
  attemptOutcome,
  type FailureStretch,
  firstAttemptAt,
  hasFailedTooLong,
  nextAttemptAt,
  nextState,
  standardSchedule,
  withFailure,
} from '../../../src/server/emitter/retry-policy.ts'

const now = 1_000_000
const hour = 60 * 60 * 1000
const steady = { now, random: () => 0.5 }

describe('the schedule', () => {
  it('has the ten steps of Standard Webhooks, over three days', () => {
    expect(standardSchedule.map(ms => ms / 1000)).toEqual([
      0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ])
  })

  it('begins at once', () => {
    expect(firstAttemptAt(standardSchedule, { now, random: () => 1 })).toBe(now)
  })

  it('waits for each step in turn, and ends after the tenth attempt', () => {
    const waits = Array.from({ length: 10 }, (_, index) => nextAttemptAt(standardSchedule, index + 1, steady))
    expect(waits.map(at => at && at - now)).toEqual([...standardSchedule.slice(1), undefined])
  })

  it('spreads each wait by a fifth to either side', () => {
    expect(nextAttemptAt([0, 1000], 1, { now, random: () => 0 })).toBe(now + 800)
    expect(nextAttemptAt([0, 1000], 1, { now, random: () => 1 })).toBe(now + 1200)
  })

  it('waits longer when the receiver asks, never shorter', () => {
    expect(nextAttemptAt([0, 1000], 1, { ...steady, retryAfterMs: 60_000 })).toBe(now + 60_000)
    expect(nextAttemptAt([0, 1000], 1, { ...steady, retryAfterMs: 1 })).toBe(now + 1000)
  })
})

describe('an outcome', () => {
  it.each([200, 201, 204, 299])('is a delivery at %i', status => {
    expect(attemptOutcome({ status })).toEqual({ kind: 'delivered' })
  })

  it.each([301, 302, 307, 400, 401, 404, 422, 500])('is a failure at %i', status => {
    expect(attemptOutcome({ status })).toEqual({ kind: 'failed', throttled: false })
  })

  it.each([429, 502, 504])('asks to slow down at %i', status => {
    expect(attemptOutcome({ status })).toEqual({ kind: 'failed', throttled: true })
  })

  it('is a failure when no answer came, and the end at 410', () => {
    expect(attemptOutcome({})).toEqual({ kind: 'failed', throttled: false })
    expect(attemptOutcome({ status: 410 })).toEqual({ kind: 'gone' })
  })

  it('grants a Retry-After of up to 24 hours', () => {
    expect(attemptOutcome({ status: 503, retryAfterMs: 5000 })).toMatchObject({ retryAfterMs: 5000 })
    expect(attemptOutcome({ status: 503, retryAfterMs: 48 * hour })).toMatchObject({ retryAfterMs: 24 * hour })
  })
})

describe('an endpoint that only fails', () => {
  /** What is said of it after failures at these hours. */
  const isGivenUp = (hours: number[]) => {
    const stretch = hours.reduce<FailureStretch | undefined>(
      (before, at) => withFailure(before, at * hour),
      undefined,
    )
    return stretch !== undefined && hasFailedTooLong(stretch)
  }

  it('is given up after five days and ten attempts', () => {
    const each12Hours = Array.from({ length: 11 }, (_, index) => index * 12)
    expect(isGivenUp(each12Hours)).toBe(true)
    expect(isGivenUp(each12Hours.slice(0, -1))).toBe(false)
  })

  it('is not given up for a few failures, however far apart', () => {
    expect(isGivenUp([0, 7 * 24, 14 * 24])).toBe(false)
    expect(isGivenUp([0, 40, 80, 121])).toBe(false)
  })

  it('is not given up for many failures within an hour, and one some days later', () => {
    expect(isGivenUp([...Array.from({ length: 50 }, (_, index) => index / 50), 121])).toBe(false)
  })

  it('is not given up when it is called once a week, whatever the schedule makes of each time', () => {
    const standard = [0, 0, 0.1, 0.6, 2.6, 7.6, 17.6, 31.6, 51.6, 75.6]
    const weekly = [0, 1, 2, 3].flatMap(week => standard.map(at => at + week * 7 * 24))
    expect(weekly.some((_, index) => isGivenUp(weekly.slice(0, index + 1)))).toBe(false)
  })
})

describe('what becomes of a delivery', () => {
  const schedule = [0, 1000]

  it('follows from the outcome and its place in the schedule', () => {
    expect(nextState({ kind: 'delivered' }, 1, { schedule, ...steady })).toEqual({ state: 'delivered' })
    expect(nextState({ kind: 'gone' }, 1, { schedule, ...steady })).toEqual({ state: 'failed' })
    const failed = { kind: 'failed', throttled: false } as const
    expect(nextState(failed, 1, { schedule, ...steady })).toEqual({ state: 'pending', dueAt: now + 1000 })
    expect(nextState(failed, 2, { schedule, ...steady })).toEqual({ state: 'failed' })
  })

  it('falls due at a whole millisecond, whatever fractions the clock, the schedule and the endpoint have', () => {
    const odd = { now: now + 0.3, random: () => 0.123456 }
    const outcome = attemptOutcome({ status: 429, retryAfterMs: 292_052.427053 })
    for (const [failures, steps] of [
      [1, [0, 333.3]],
      [1, [0, 1e9 + 0.7]],
    ] as const) {
      const { dueAt } = nextState(outcome, failures, { schedule: steps, ...odd })
      expect(Number.isInteger(dueAt)).toBe(true)
    }
    expect(Number.isInteger(firstAttemptAt([0.5], odd))).toBe(true)
  })
})
