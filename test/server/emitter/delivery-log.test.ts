import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Emitter } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { createReceiver, type Receiver } from '../../support/receiver.ts'
import { heard, woundEmitter } from '../support/emitter.ts'
import { tourCompleted, webhookTo } from '../support/webhook.ts'

let receiver: Receiver
let emitter: Emitter
let clock: ReturnType<typeof woundEmitter>['clock']
let attempts: ReturnType<typeof heard<'attempt'>>

beforeAll(async () => {
  receiver = await createReceiver()
})
beforeEach(() => {
  ;({ emitter, clock } = woundEmitter({ webhooks: [webhookTo(receiver.url())] }))
  attempts = heard(emitter, 'attempt')
})
afterEach(async () => {
  await emitter.close()
  receiver.clear()
})
afterAll(() => receiver.close())

const send = async (userId: string) => {
  const [id = ''] = await emitter.emit({ ...tourCompleted, userId })
  return id
}

it('logs each attempt with its time, status, duration and answer', async () => {
  receiver.script({ answers: [{ status: 500, body: 'x'.repeat(5000) }] })
  const id = await send('a')
  await attempts.reaches(1)
  clock.wind(5000)
  await attempts.reaches(2)
  expect(await emitter.deliveries.get(id)).toMatchObject({
    id,
    webhook: 'crm',
    state: 'delivered',
    message: { userId: 'a' },
    attempts: [
      { at: expect.any(Number), durationMs: expect.any(Number), status: 500, answer: 'x'.repeat(2048) },
      { status: 200, answer: '' },
    ],
  })
})

it('lists by page, the newest first, until the last', async () => {
  const ids: string[] = []
  for (const user of ['a', 'b', 'c', 'd', 'e']) {
    ids.unshift(await send(user))
    clock.wind(1)
  }
  const first = await emitter.deliveries.list({ limit: 2 })
  const second = await emitter.deliveries.list({ limit: 2, cursor: first.next ?? '' })
  const third = await emitter.deliveries.list({ limit: 2, cursor: second.next ?? '' })
  const listed = [first, second, third].flatMap(({ deliveries }) => deliveries.map(({ id }) => id))
  expect(listed).toEqual(ids)
  expect(third.next).toBeUndefined()
})

it('lists and counts what a filter asks for', async () => {
  await send('a')
  await send('b')
  await attempts.reaches(2)
  const { deliveries } = await emitter.deliveries.list({
    userId: 'b',
    state: 'delivered',
    event: 'tour_completed',
  })
  expect(deliveries).toMatchObject([{ message: { userId: 'b' } }])
  expect(await emitter.deliveries.count({ webhook: 'crm' })).toBe(2)
  expect(await emitter.deliveries.count({ event: 'banner_seen' })).toBe(0)
})

it.each([{ limit: 0 }, { limit: 1.5 }, { limit: 501 }, { cursor: 'nonsense' }])('refuses %j', async filter => {
  await expect(emitter.deliveries.list(filter)).rejects.toThrow(RangeError)
})

it('sends one again under its id', async () => {
  const id = await send('a')
  await attempts.reaches(1)
  expect(await emitter.deliveries.resend(id)).toBe(true)
  await attempts.reaches(2)
  expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([id, id])
  expect((await emitter.deliveries.get(id))?.attempts).toHaveLength(2)
  expect(await emitter.deliveries.resend('msg_unknown')).toBe(false)
})

it('sends nothing again to a webhook that is there no more, and says so', async () => {
  const { secret: _, ...webhook } = webhookTo(receiver.url(), { id: 'leads', events: ['banner_seen'] })
  await emitter.webhooks.create(webhook)
  const [id = ''] = await emitter.emit({ name: 'banner_seen', userId: 'a' })
  await attempts.reaches(1)
  await emitter.webhooks.remove('leads')
  const gone = 'There is no webhook "leads"'
  await expect(emitter.deliveries.resend(id)).rejects.toThrow(gone)
  await expect(emitter.deliveries.replay({ webhook: 'leads', since: 0 })).rejects.toThrow(gone)
  expect(await emitter.deliveries.count({ state: 'pending' })).toBe(0)
})

it('replays what failed in a span of time', async () => {
  receiver.script({ answers: [{ status: 200 }, { status: 410 }] })
  await send('fine')
  await attempts.reaches(1)
  clock.wind(1000)
  const since = clock.now()
  const failed = await send('failed')
  await attempts.reaches(2)
  await emitter.webhooks.enable('crm')
  expect(await emitter.deliveries.replay({ webhook: 'crm', since, state: 'failed' })).toBe(1)
  await attempts.reaches(3)
  expect(await emitter.deliveries.get(failed)).toMatchObject({ state: 'delivered' })
})

it('forgets after thirty days what waits for a webhook that is there no more', async () => {
  const store = { ...memoryStore(), close: async () => {} }
  const before = woundEmitter({ store, webhooks: [webhookTo(receiver.url(), { id: 'old' })] })
  await before.emitter.webhooks.disable('old')
  await before.emitter.emit(tourCompleted)
  await before.emitter.close()
  const after = woundEmitter({ store, webhooks: [] })
  const left = () => after.emitter.deliveries.count()
  await expect(left()).resolves.toBe(1)
  after.clock.wind(31 * 24 * 60 * 60 * 1000)
  await vi.waitFor(() => expect(left()).resolves.toBe(0))
  await after.emitter.close()
})

it('forgets after thirty days what is settled, and what waits for a disabled webhook', async () => {
  const hour = 60 * 60 * 1000
  receiver.script({ answers: [{ status: 200 }, { status: 410 }] })
  await send('delivered')
  await attempts.reaches(1)
  await send('failed')
  await attempts.reaches(2)
  await send('waits')
  const left = async () => (await emitter.deliveries.list()).deliveries.length
  clock.wind(30 * 24 * hour)
  await expect(left()).resolves.toBe(3)
  clock.wind(hour)
  await vi.waitFor(() => expect(left()).resolves.toBe(0))
})

it('says of what waits for a webhook that is gone, or disabled, that it does, and warns once of the gone', async () => {
  const store = { ...memoryStore(), close: async () => {} }
  const before = woundEmitter({ store, webhooks: [webhookTo(receiver.url(), { id: 'old' })] })
  await before.emitter.webhooks.disable('old')
  const [id = ''] = await before.emitter.emit(tourCompleted)
  expect(await before.emitter.deliveries.get(id)).toMatchObject({
    state: 'pending',
    reason: 'waits: its webhook is disabled (manual)',
  })
  await before.emitter.close()
  const after = woundEmitter({ store, webhooks: [] })
  const warnings = heard(after.emitter, 'warning')
  await warnings.reaches(1)
  expect(warnings.events[0]?.message).toContain('wait for the webhook "old", which is there no more')
  const { deliveries } = await after.emitter.deliveries.list()
  expect(deliveries).toMatchObject([{ state: 'pending', reason: 'waits: there is no webhook "old" any more' }])
  expect(await after.emitter.deliveries.cancel({ webhook: 'old' })).toBe(1)
  expect(await after.emitter.deliveries.get(id)).toMatchObject({ state: 'failed', reason: 'canceled' })
  await after.emitter.close()
})

it('fails what waits for a webhook that is removed, with the reason', async () => {
  const { secret: _, ...webhook } = webhookTo(receiver.url(), { id: 'leads', events: ['banner_seen'] })
  await emitter.webhooks.create(webhook)
  await emitter.webhooks.disable('leads')
  const [id = ''] = await emitter.emit({ name: 'banner_seen', userId: 'a' })
  await emitter.webhooks.remove('leads')
  expect(await emitter.deliveries.get(id)).toMatchObject({ state: 'failed', reason: 'its webhook was removed' })
})

it('hurries what waits after an outage, by filter', async () => {
  receiver.script({ answers: [{ status: 500 }, { status: 500 }] })
  await send('a')
  await send('b')
  await attempts.reaches(2)
  expect(await emitter.deliveries.replay({ webhook: 'crm', state: 'pending' })).toBe(2)
  await attempts.reaches(4)
  expect(await emitter.deliveries.count({ state: 'delivered' })).toBe(2)
})

it('sends one message again to one of its webhooks, or to each', async () => {
  await emitter.close()
  const two = [webhookTo(receiver.url('/one'), { id: 'one' }), webhookTo(receiver.url('/two'), { id: 'two' })]
  ;({ emitter, clock } = woundEmitter({ webhooks: two }))
  const settled = heard(emitter, 'delivered')
  const message = {
    id: 'msg_1',
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'x',
    userId: null,
    events: [],
    data: {},
  }
  await emitter.relay('one', message)
  await emitter.relay('two', message)
  await settled.reaches(2)
  expect(await emitter.deliveries.resend('msg_1', 'two')).toBe(true)
  await settled.reaches(3)
  expect(await emitter.deliveries.resend('msg_1')).toBe(true)
  await settled.reaches(5)
  expect(receiver.requests.map(({ path }) => path).sort()).toEqual(['/one', '/one', '/two', '/two', '/two'])
  expect((await emitter.deliveries.get('msg_1', 'two'))?.attempts).toHaveLength(3)
})

it('counts attempts by the hour', async () => {
  receiver.script({ answers: [{ status: 500 }, { status: 200 }] })
  await send('a')
  await attempts.reaches(1)
  await send('b')
  await attempts.reaches(2)
  const counts = await emitter.deliveries.hours({ webhook: 'crm', since: clock.now() })
  expect(counts.map(({ outcome, attempts }) => [outcome, attempts]).sort()).toEqual([
    ['delivered', 1],
    ['retried', 1],
  ])
})
