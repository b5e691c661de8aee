import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEmitter, type Emitter, type EmitterOptions } from '../../../../src/server/emitter/emitter.ts'
import { standardSchedule } from '../../../../src/server/emitter/retry-policy.ts'
import { memoryStore } from '../../../../src/server/stores/memory/memory.ts'
import type { Store } from '../../../../src/server/stores/store.ts'
import { createReceiver, type Receiver } from '../../../support/receiver.ts'
import { heard, woundEmitter } from '../../support/emitter.ts'
import { secret, tourCompleted, webhookTo } from '../../support/webhook.ts'

const second = 1000
const hour = 60 * 60 * second

let receiver: Receiver
let closing: Emitter[] = []

beforeAll(async () => {
  receiver = await createReceiver()
})
beforeEach(() => receiver.script({ answers: [], answer: { status: 200 } }))
afterEach(async () => {
  const open = closing
  closing = []
  await Promise.all(open.map(emitter => emitter.close()))
  receiver.clear()
})
afterAll(() => receiver.close())

function create(options: EmitterOptions = {}) {
  const wound = woundEmitter({ webhooks: [webhookTo(receiver.url())], ...options })
  closing.push(wound.emitter)
  return { ...wound, attempts: heard(wound.emitter, 'attempt') }
}

describe('a failed delivery', () => {
  it('is tried ten times over three days, then given up and announced', async () => {
    receiver.script({ answer: { status: 500 } })
    const { emitter, clock, attempts } = create()
    const exhausted = heard(emitter, 'exhausted')
    const [id] = await emitter.emit(tourCompleted)
    for (let attempt = 1; attempt <= 10; attempt++) {
      await attempts.reaches(attempt)
      clock.wind(standardSchedule[attempt] ?? 24 * hour)
    }
    await exhausted.reaches(1)
    expect(attempts.events).toHaveLength(10)
    expect(exhausted.events).toMatchObject([{ id, webhook: 'crm' }])
    expect(await emitter.deliveries.get(id ?? '')).toMatchObject({ state: 'failed', failures: 10 })
  })

  it('keeps its id, and is signed anew at each attempt', async () => {
    receiver.script({ answers: [{ status: 503 }, 'drop'] })
    const { emitter, clock, attempts } = create()
    // A verifier holds the timestamp against its own clock.
    vi.useFakeTimers({ now: clock.now(), toFake: ['Date'] })
    const [id] = await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    clock.wind(5 * second)
    await attempts.reaches(2)
    clock.wind(300 * second)
    await attempts.reaches(3)
    expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id])
    const stamps = receiver.requests.map(({ headers }) => Number(headers['webhook-timestamp']))
    expect(stamps.map(stamp => stamp - (stamps[0] ?? 0))).toEqual([0, 5, 305])
    for (const { body, headers } of receiver.requests) {
      vi.setSystemTime(Number(headers['webhook-timestamp']) * second)
      expect(() => new Verifier(secret).verify(body, headers as Record<string, string>)).not.toThrow()
    }
    vi.useRealTimers()
    expect((await emitter.deliveries.get(id ?? ''))?.attempts).toMatchObject([
      { status: 503 },
      { error: expect.stringContaining('broke the connection off') },
      { status: 200 },
    ])
  })

  it('is not tried before its time', async () => {
    receiver.script({ answers: [{ status: 500 }] })
    const { emitter, clock, attempts } = create()
    await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    clock.wind(4 * second)
    await emitter.emit({ ...tourCompleted, userId: 'other' })
    await attempts.reaches(2)
    expect(receiver.requests.map(({ json }) => (json as { userId: string }).userId)).toEqual([
      'user_123',
      'other',
    ])
    clock.wind(second)
    await attempts.reaches(3)
  })

  it('waits as long as Retry-After asks', async () => {
    receiver.script({ answers: [{ status: 429, headers: { 'retry-after': '3600' } }] })
    const { emitter, clock, attempts } = create()
    const [id] = await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    const delivery = await emitter.deliveries.get(id ?? '')
    expect(delivery?.dueAt).toBe(clock.now() + 3600 * second)
    clock.wind(3600 * second)
    await attempts.reaches(2)
  })

  it('is one that took longer than fifteen seconds', async () => {
    receiver.script({ answers: ['hang'] })
    const { emitter, clock, attempts } = create()
    await emitter.emit(tourCompleted)
    await receiver.arrived(1)
    clock.wind(15 * second)
    await attempts.reaches(1)
    expect(attempts.events).toMatchObject([
      {
        attempt: {
          durationMs: 15 * second,
          error: expect.stringMatching(/^http:\/\/127.0.0.1:\d+: no answer within 15000 ms;/),
        },
      },
    ])
  })
})

describe('a webhook', () => {
  it('that answers 410 is disabled, and what comes for it waits until it is enabled', async () => {
    receiver.script({ answers: [{ status: 410 }] })
    const { emitter, clock, attempts } = create()
    const disabled = heard(emitter, 'disabled')
    await emitter.emit(tourCompleted)
    await disabled.reaches(1)
    expect(disabled.events).toEqual([{ webhook: 'crm', reason: 'gone' }])
    await emitter.emit({ ...tourCompleted, userId: 'later' })
    clock.wind(hour)
    expect(await emitter.webhooks.get('crm')).toMatchObject({ disabled: { reason: 'gone' } })
    expect(attempts.events).toHaveLength(1)
    await emitter.webhooks.enable('crm')
    await attempts.reaches(2)
    expect(receiver.requests[1]?.json).toMatchObject({ userId: 'later' })
  })

  it('that only failed for five days is disabled', async () => {
    receiver.script({ answer: { status: 500 } })
    const { emitter, clock, attempts } = create({ schedule: [0, ...Array(20).fill(10 * hour)] })
    const disabled = heard(emitter, 'disabled')
    await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    for (let attempt = 2; attempt <= 12; attempt++) {
      clock.wind(10 * hour)
      await attempts.reaches(attempt)
      expect(disabled.events).toEqual([])
    }
    clock.wind(10 * hour)
    await disabled.reaches(1)
    expect(disabled.events).toEqual([{ webhook: 'crm', reason: 'failing' }])
  })

  it('that succeeded in between is not', async () => {
    receiver.script({ answer: { status: 500 } })
    const { emitter, clock, attempts } = create({ schedule: [0, ...Array(20).fill(10 * hour)] })
    const disabled = heard(emitter, 'disabled')
    await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    for (let attempt = 2; attempt <= 16; attempt++) {
      if (attempt === 8) {
        receiver.script({ answers: [{ status: 200 }] })
        await emitter.emit(tourCompleted)
      } else clock.wind(10 * hour)
      await attempts.reaches(attempt)
    }
    expect(disabled.events).toEqual([])
  })
})

describe('a lane', () => {
  const emitMany = (emitter: Emitter, count: number) =>
    Promise.all(Array.from({ length: count }, () => emitter.emit(tourCompleted)))

  it('has eight attempts at the same time, or as many as the webhook says', async () => {
    receiver.script({ answer: 'hang' })
    const webhooks = [
      webhookTo(receiver.url('/eight'), { id: 'eight' }),
      webhookTo(receiver.url('/two'), { id: 'two', concurrency: 2 }),
    ]
    const { emitter, clock, attempts } = create({ webhooks })
    await emitMany(emitter, 30)
    await receiver.arrived(8, { path: '/eight' })
    await receiver.arrived(2, { path: '/two' })
    // Whoever were to start more would have done so by the time that these are timed out.
    clock.wind(14 * second)
    expect(receiver.requests).toHaveLength(10)
    receiver.script({ answer: { status: 200 } })
    clock.wind(second)
    await attempts.reaches(60)
  })

  it('starts no more a second than the webhook allows', async () => {
    const { emitter, clock, attempts } = create({ webhooks: [webhookTo(receiver.url(), { ratePerSecond: 2 })] })
    await emitMany(emitter, 5)
    for (let attempt = 1; attempt <= 5; attempt++) {
      await attempts.reaches(attempt)
      expect(receiver.requests).toHaveLength(attempt)
      clock.wind(500)
    }
    const times = attempts.events.map(({ attempt }) => attempt.at)
    for (const [index, at] of times.slice(1).entries())
      expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(500)
  })

  it('pauses when the endpoint asks for mercy, then goes on one at a time', async () => {
    receiver.script({
      answers: [{ status: 429, headers: { 'retry-after': '30' } }],
      answer: { status: 200, delayMs: 5 },
    })
    const { emitter, clock, attempts } = create()
    await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    await emitMany(emitter, 10)
    clock.wind(29 * second)
    expect(receiver.requests).toHaveLength(1)
    clock.wind(second)
    await receiver.arrived(2)
    expect(receiver.requests).toHaveLength(2)
    await attempts.reaches(12)
  })

  it('that hangs holds up no other, however much waits in it', async () => {
    receiver.script({ path: '/hangs', answer: 'hang' })
    const webhooks = [
      webhookTo(receiver.url('/hangs'), { id: 'hangs' }),
      webhookTo(receiver.url('/fine'), { id: 'fine', events: ['banner_seen'] }),
    ]
    const { emitter, clock } = create({ webhooks })
    await emitMany(emitter, 500)
    await receiver.arrived(8, { path: '/hangs' })
    for (let index = 0; index < 20; index++) await emitter.emit({ name: 'banner_seen', userId: 'u' })
    await receiver.arrived(20, { path: '/fine' })
    receiver.script({ path: '/hangs', answer: { status: 200 } })
    clock.wind(15 * second)
  })
})

it('sends what a crashed process had claimed, once its lease has ended and under the same id', async () => {
  const store = memoryStore({ leaseMs: 30 * second })
  receiver.script({ answers: ['hang'] })
  const crashed = woundEmitter({ store, webhooks: [webhookTo(receiver.url())] })
  const [id] = await crashed.emitter.emit(tourCompleted)
  await receiver.arrived(1)
  // Its clock stands still from now on: it never hears of an answer, nor of a time-out.
  const { emitter, clock, attempts } = create({ store })
  clock.wind(29 * second)
  await emitter.emit({ ...tourCompleted, userId: 'proof that it is awake' })
  await attempts.reaches(1)
  expect(receiver.requests).toHaveLength(2)
  clock.wind(2 * second)
  await attempts.reaches(2)
  expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([id, expect.anything(), id])
  receiver.script({ answer: { status: 200 } })
  crashed.clock.wind(15 * second)
  await crashed.emitter.close()
})

it('calls no webhook before it knows which ones are disabled', async () => {
  const memory = { ...memoryStore(), close: async () => {} }
  const before = create({ store: memory })
  await before.emitter.webhooks.disable('crm')
  await before.emitter.emit(tourCompleted)
  await before.emitter.close()
  let isDown = true
  const store: Store = {
    ...memory,
    async webhooks() {
      if (isDown) throw new Error('the database is starting')
      return memory.webhooks()
    },
  }
  const { emitter, clock, attempts } = create({ store })
  const errors = heard(emitter, 'error')
  for (let reload = 1; reload <= 3; reload++) {
    await errors.reaches(reload)
    clock.wind(5 * second)
  }
  isDown = false
  await emitter.webhooks.create({ ...webhookTo(receiver.url('/other')), id: 'other' })
  await emitter.emit(tourCompleted)
  await attempts.reaches(1)
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/other'])
})

it('goes on when the store fails for a while, and says so', async () => {
  const memory = memoryStore()
  let isDown = false
  const guarded = <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => {
    return async (...args: Args) => {
      if (isDown) throw new Error('the disk is full')
      return work(...args)
    }
  }
  const store = { ...memory, claim: guarded(memory.claim), settle: guarded(memory.settle) }
  const { emitter, clock, attempts } = create({ store })
  const errors = heard(emitter, 'error')
  isDown = true
  await emitter.emit(tourCompleted)
  await errors.reaches(1)
  expect(errors.events[0]?.message).toBe('the disk is full')
  isDown = false
  clock.wind(second)
  await attempts.reaches(1)
})

it('forgets its log after thirty days', async () => {
  const { emitter, clock, attempts } = create()
  const [id = ''] = await emitter.emit(tourCompleted)
  await attempts.reaches(1)
  clock.wind(29 * 24 * hour)
  expect(await emitter.deliveries.get(id)).toBeDefined()
  clock.wind(25 * hour)
  await vi.waitFor(async () => expect(await emitter.deliveries.get(id)).toBeUndefined())
})

it('sends a webhook what another process has made it', async () => {
  const store = memoryStore()
  const first = create({ store, webhooks: [] })
  const secondEmitter = createEmitter({ store, allowNetworks: ['127.0.0.0/8'] })
  const { id: _, secret: __, ...webhook } = webhookTo(receiver.url())
  await secondEmitter.webhooks.create(webhook)
  expect(await first.emitter.emit(tourCompleted)).toHaveLength(0)
  first.clock.wind(5 * second)
  await vi.waitFor(async () => expect(await first.emitter.emit(tourCompleted)).toHaveLength(1))
  await receiver.arrived(1)
  await secondEmitter.close()
})
