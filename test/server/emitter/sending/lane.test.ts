import { expect, it } from 'vitest'
import { createLane } from '../../../../src/server/emitter/sending/lane.ts'
import type { Claimed } from '../../../../src/server/stores/store.ts'

const reserveMs = 15_000
const limits = { concurrency: 4 }
const delivered = { kind: 'delivered' } as const
const throttled = { kind: 'failed', throttled: true } as const

function claimed(count: number): Claimed[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `msg_${index}`,
    webhook: 'crm',
    message: { id: '', timestamp: '', name: '', userId: null, events: [], data: {} },
    createdAt: 0,
    failures: 0,
    lease: 'a',
    leaseUntil: 60_000,
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
  lane.put(claimed(2), 15_000)
  const [late, ...others] = claimed(3)
  lane.put(others, 15_000)
  lane.put(late ? [late] : [], 60_000)
  expect(lane.take(limits, 1)?.id).toBe('msg_0')
  expect(lane.take(limits, 1)).toBeUndefined()
})

it('goes on one at a time after it was asked to slow down, and allows one more with each success', () => {
  const lane = createLane(reserveMs)
  lane.put(claimed(50), 60_000)
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
  lane.put(claimed(5), 1_000_000)
  lane.take(limits, 0)
  lane.answered({ ...throttled, retryAfterMs: 3_600_000 }, limits, 0)
  expect(lane.waitsUntil(limits, 0)).toBe(60_000)
})

it('holds a bounded number, and claims half of it at a time', () => {
  const lane = createLane(reserveMs)
  expect(lane.room(limits)).toBe(128)
  lane.put(claimed(65), 60_000)
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
  lane.put(claimed(3), 60_000)
  lane.take(limits, 0)
  expect(lane.drain()).toHaveLength(2)
  expect(lane.take(limits, 0)).toBeUndefined()
})

it('starts slowly with an endpoint that was down: one at a time, then two, then four', () => {
  const lane = createLane(reserveMs)
  const many = { concurrency: 8 }
  lane.put(claimed(50), 60_000)
  lane.slowStart()
  const rounds = [1, 2, 4, 8].map(() => {
    let taken = 0
    while (lane.take(many, 0)) taken += 1
    for (let index = 0; index < taken; index++) lane.answered(delivered, many, 0)
    return taken
  })
  expect(rounds).toEqual([1, 2, 4, 8])
})

it('begins again with one, after a second, when the endpoint fails in the middle of its slow start', () => {
  const lane = createLane(reserveMs)
  lane.put(claimed(50), 60_000)
  lane.slowStart()
  lane.take(limits, 0)
  lane.answered(delivered, limits, 0)
  expect(takeAll(lane, 0)).toBe(2)
  lane.answered({ kind: 'failed', throttled: false }, limits, 0)
  lane.answered({ kind: 'failed', throttled: false }, limits, 0)
  expect(takeAll(lane, 999)).toBe(0)
  expect(takeAll(lane, 1000)).toBe(1)
})

it('claims little while it starts slowly, so that no lease runs out in its queue', () => {
  const lane = createLane(reserveMs)
  lane.slowStart()
  expect(lane.room(limits)).toBe(16)
})
