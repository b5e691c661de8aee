import { describe, expect, it } from 'vitest'
import {
  firstAttemptAt,
  hasFailedTooLong,
  nextAttemptAt,
  outcomeOf,
  standardSchedule,
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
    expect(outcomeOf({ status })).toEqual({ kind: 'delivered' })
  })

  it.each([301, 302, 307, 400, 401, 404, 422, 500])('is a failure at %i', status => {
    expect(outcomeOf({ status })).toEqual({ kind: 'failed', throttled: false })
  })

  it.each([429, 502, 504])('is a call for mercy at %i', status => {
    expect(outcomeOf({ status })).toEqual({ kind: 'failed', throttled: true })
  })

  it('is a failure when no answer came, and the end at 410', () => {
    expect(outcomeOf({})).toEqual({ kind: 'failed', throttled: false })
    expect(outcomeOf({ status: 410 })).toEqual({ kind: 'gone' })
  })

  it('grants a Retry-After of up to 24 hours', () => {
    expect(outcomeOf({ status: 503, retryAfterMs: 5000 })).toMatchObject({ retryAfterMs: 5000 })
    expect(outcomeOf({ status: 503, retryAfterMs: 48 * hour })).toMatchObject({ retryAfterMs: 24 * hour })
  })
})

it('gives an endpoint up that has only failed for five days', () => {
  expect(hasFailedTooLong(undefined, now)).toBe(false)
  expect(hasFailedTooLong(now - 120 * hour + 1, now)).toBe(false)
  expect(hasFailedTooLong(now - 120 * hour, now)).toBe(true)
})
