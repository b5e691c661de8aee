import { expect, it } from 'vitest'
import { createLane } from '../../../src/server/emitter/lane.ts'
import type { Claimed } from '../../../src/server/stores/store.ts'

const reserveMs = 15_000
const limits = { concurrency: 4 }
const delivered = { kind: 'delivered' } as const
const throttled = { kind: 'failed', throttled: true } as const

function claimed(count: number, leaseUntil = 60_000): Claimed[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `msg_${index}`,
    webhook: 'crm',
    message: { id: '', timestamp: '', name: '', userId: null, events: [], data: {} },
    createdAt: 0,
    failures: 0,
    lease: 'a',
    leaseUntil,
  }))
}

/** Takes as many as the lane gives. */
function takeAll(lane: ReturnType<typeof createLane>, now: number): number {
  let taken = 0
  while (lane.take(limits, now)) taken += 1
  return taken
}

it('starts nothing whose lease may end before the attempt does', () => {
  const lane = createLane(reserveMs)
  lane.put(claimed(2, 15_000))
  lane.put(claimed(1, 60_000))
  expect(lane.take(limits, 1)?.leaseUntil).toBe(60_000)
  expect(lane.take(limits, 1)).toBeUndefined()
})

it('goes on one at a time after a call for mercy, and bears one more with each success', () => {
  const lane = createLane(reserveMs)
  lane.put(claimed(50))
  expect(takeAll(lane, 0)).toBe(4)
  lane.answered(throttled, limits, 0)
  expect(takeAll(lane, 999)).toBe(0)
  for (let index = 0; index < 3; index++) lane.answered({ kind: 'failed', throttled: false }, limits, 0)
  expect(takeAll(lane, 1000)).toBe(1)
  lane.answered(delivered, limits, 1000)
  expect(takeAll(lane, 1000)).toBe(2)
  lane.answered(delivered, limits, 1000)
  lane.answered(delivered, limits, 1000)
  expect(takeAll(lane, 1000)).toBe(4)
})

it('asks again after a minute, however long the endpoint asked for', () => {
  const lane = createLane(reserveMs)
  lane.put(claimed(5, 1_000_000))
  lane.take(limits, 0)
  lane.answered({ ...throttled, retryAfterMs: 3_600_000 }, limits, 0)
  expect(lane.waitsUntil(limits, 0)).toBe(60_000)
})

it('holds a bounded number, and claims half of it at a time', () => {
  const lane = createLane(reserveMs)
  expect(lane.room(limits)).toBe(128)
  lane.put(claimed(65))
  expect(lane.room(limits)).toBe(0)
  lane.take(limits, 0)
  lane.answered(delivered, limits, 0)
  expect(lane.room(limits)).toBe(0)
  lane.settled()
  expect(lane.room(limits)).toBe(64)
})

it('holds no more than a rate limit lets it send in time', () => {
  expect(createLane(reserveMs).room({ ratePerSecond: 2 })).toBe(2)
})

it('gives up what it has not started', () => {
  const lane = createLane(reserveMs)
  lane.put(claimed(3))
  lane.take(limits, 0)
  expect(lane.drain()).toHaveLength(2)
  expect(lane.take(limits, 0)).toBeUndefined()
})
