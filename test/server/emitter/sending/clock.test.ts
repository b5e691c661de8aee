import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { steadyTime } from '../../../../src/server/clock.ts'
import type { Emitter, EmitterOptions } from '../../../../src/server/emitter/emitter.ts'
import { createReceiver, type Receiver } from '../../../support/receiver.ts'
import { handWoundClock } from '../../support/clock.ts'
import { heard, woundEmitter } from '../../support/emitter.ts'
import { tourCompleted, webhookTo } from '../../support/webhook.ts'

const second = 1000
const hour = 60 * 60 * second

let receiver: Receiver
const closing: Emitter[] = []

beforeAll(async () => {
  receiver = await createReceiver()
})
beforeEach(() => receiver.script({ answers: [], answer: { status: 200 } }))
afterEach(async () => {
  for (const emitter of closing.splice(0)) await emitter.close()
  receiver.clear()
})
afterAll(() => receiver.close())

function create(options: EmitterOptions = {}) {
  const wound = woundEmitter({ webhooks: [webhookTo(receiver.url())], ...options })
  closing.push(wound.emitter)
  return { ...wound, attempts: heard(wound.emitter, 'attempt') }
}

it('follows the wall clock forward and never back', () => {
  const clock = handWoundClock(1_000_000)
  const time = steadyTime(clock)
  expect(time()).toBe(1_000_000)
  clock.wind(10)
  clock.putRight(hour)
  expect(time()).toBe(1_000_010 + hour)
  clock.putRight(-hour)
  clock.wind(5)
  expect(time()).toBe(1_000_015 + hour)
})

it('lets no rate-limited webhook stand still when a clock that was an hour ahead is put right', async () => {
  const { emitter, clock, attempts } = create({ webhooks: [webhookTo(receiver.url(), { ratePerSecond: 1 })] })
  clock.putRight(hour)
  for (let index = 0; index < 4; index++) await emitter.emit(tourCompleted)
  await attempts.reaches(1)
  clock.putRight(-hour)
  for (let attempt = 2; attempt <= 4; attempt++) {
    clock.wind(second)
    await attempts.reaches(attempt)
  }
})

it('lets no throttled webhook stand still when a clock that was an hour ahead is put right', async () => {
  receiver.script({ answers: [{ status: 429, headers: { 'retry-after': '10' } }] })
  const { emitter, clock, attempts } = create()
  clock.putRight(hour)
  const [id = ''] = await emitter.emit(tourCompleted)
  await attempts.reaches(1)
  clock.putRight(-hour)
  await emitter.emit({ ...tourCompleted, userId: 'other' })
  clock.wind(10 * second)
  await attempts.reaches(3)
  expect(await emitter.deliveries.get(id)).toMatchObject({ state: 'delivered' })
})

it('keeps to its waits, and measures durations, while the wall clock goes back and forth', async () => {
  receiver.script({ answers: ['hang'] })
  const { emitter, clock, attempts } = create()
  await emitter.emit(tourCompleted)
  await receiver.arrived(1)
  clock.putRight(-hour)
  clock.wind(15 * second)
  await attempts.reaches(1)
  expect(attempts.events[0]?.attempt.durationMs).toBe(15 * second)
  clock.putRight(-hour)
  clock.wind(4 * second)
  expect(receiver.requests).toHaveLength(1)
  clock.wind(second)
  await attempts.reaches(2)
})
