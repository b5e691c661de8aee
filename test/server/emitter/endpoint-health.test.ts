import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Emitter, EmitterOptions } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { createReceiver, type Receiver } from '../../support/receiver.ts'
import { heard, woundEmitter } from '../support/emitter.ts'
import { tourCompleted, webhookTo } from '../support/webhook.ts'

const second = 1000
const hour = 60 * 60 * second
const day = 24 * hour

let receiver: Receiver
let closing: Emitter[] = []

beforeAll(async () => {
  receiver = await createReceiver()
})
beforeEach(() => {
  for (const path of [undefined, '/hook', '/alerts']) {
    receiver.script({ ...(path && { path }), answers: [], answer: { status: 200 } })
  }
})
afterEach(async () => {
  const open = closing
  closing = []
  await Promise.all(open.map(emitter => emitter.close()))
  receiver.clear()
})
afterAll(() => receiver.close())

function create(options: EmitterOptions = {}) {
  const wound = woundEmitter({ webhooks: [webhookTo(receiver.url('/hook'))], ...options })
  closing.push(wound.emitter)
  return { ...wound, attempts: heard(wound.emitter, 'attempt') }
}

/** A store that outlives its emitter. */
const keptStore = () => ({ ...memoryStore(), close: async () => {} })

describe('a webhook that is used once a week', () => {
  it('is not disabled for failing twice', async () => {
    receiver.script({ path: '/hook', answer: { status: 500 } })
    const { emitter, clock, attempts } = create({ schedule: [0] })
    for (let week = 1; week <= 4; week++) {
      await emitter.emit(tourCompleted)
      await attempts.reaches(week)
      clock.wind(7 * day)
    }
    expect((await emitter.webhooks.get('crm'))?.disabled).toBeUndefined()
  })
})

describe('a webhook that was disabled by its endpoint', () => {
  it('is enabled again by another URL in the config, and its backlog goes', async () => {
    const store = keptStore()
    receiver.script({ path: '/hook', answer: { status: 410 } })
    const before = create({ store })
    const disabled = heard(before.emitter, 'disabled')
    await before.emitter.emit(tourCompleted)
    await disabled.reaches(1)
    await before.emitter.emit({ ...tourCompleted, userId: 'waits' })
    await before.emitter.close()

    const same = create({ store })
    const [shown] = await same.emitter.webhooks.list()
    expect(shown?.disabled).toEqual({ at: expect.any(Number), reason: 'gone' })
    await same.emitter.close()

    const moved = create({ store, webhooks: [webhookTo(receiver.url('/new-home'))] })
    expect((await moved.emitter.webhooks.list())[0]?.disabled).toBeUndefined()
    const [request] = await receiver.arrived(1, { path: '/new-home' })
    expect(request?.json).toMatchObject({ userId: 'waits' })
  })

  it('is enabled again by another URL at run time, unless someone has disabled it', async () => {
    receiver.script({ path: '/hook', answer: { status: 410 } })
    const { emitter } = create({ webhooks: [] })
    const { id: _, secret: __, ...webhook } = webhookTo(receiver.url('/hook'))
    await emitter.webhooks.create({ ...webhook, id: 'leads' })
    const disabled = heard(emitter, 'disabled')
    await emitter.emit(tourCompleted)
    await disabled.reaches(1)
    expect((await emitter.webhooks.update('leads', { name: 'x' })).disabled).toBeDefined()
    expect((await emitter.webhooks.update('leads', { url: receiver.url('/next') })).disabled).toBeUndefined()
    await emitter.webhooks.disable('leads')
    expect((await emitter.webhooks.update('leads', { url: receiver.url('/last') })).disabled).toBeDefined()
  })
})

describe('an endpoint that is back after an outage', () => {
  it('gets its backlog at once, one at a time at first, and not in a herd', async () => {
    receiver.script({ path: '/hook', answer: { status: 503 } })
    const { emitter, clock, attempts } = create()
    for (let index = 0; index < 30; index++) await emitter.emit({ ...tourCompleted, userId: `user_${index}` })
    await attempts.reaches(30)
    clock.wind(5 * second)
    await attempts.reaches(60)
    // Each waits for five minutes now.
    receiver.clear()
    receiver.script({ path: '/hook', answer: { status: 200 } })
    const delivered = heard(emitter, 'delivered')
    await emitter.emit({ ...tourCompleted, userId: 'first' })
    await delivered.reaches(31)
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(31)
    expect(receiver.requests).toHaveLength(31)
  })

  it('has no more than one, then two, then four requests at the same time', async () => {
    receiver.script({ path: '/hook', answer: { status: 503 } })
    const { emitter, attempts } = create()
    for (let index = 0; index < 10; index++) await emitter.emit(tourCompleted)
    await attempts.reaches(10)
    receiver.clear()
    receiver.script({ path: '/hook', answers: [{ status: 200 }], answer: 'hang' })
    await emitter.emit(tourCompleted)
    await receiver.arrived(2)
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    expect(receiver.requests.length).toBeLessThanOrEqual(3)
    receiver.script({ path: '/hook', answer: { status: 200 } })
    await receiver.down()
    await receiver.up()
  })

  it('that takes some and refuses others is not asked again by each success', async () => {
    receiver.script({ path: '/hook', answer: { status: 500 } })
    const { emitter, clock, attempts } = create()
    await emitter.emit({ ...tourCompleted, userId: 'poison' })
    await attempts.reaches(1)
    clock.wind(5 * second)
    await attempts.reaches(2)
    for (let round = 0; round < 20; round++) {
      receiver.script({ path: '/hook', answers: [{ status: 200 }] })
      const before = attempts.events.length
      await emitter.emit({ ...tourCompleted, userId: 'fine' })
      await attempts.reaches(before + 1)
      clock.wind(second)
    }
    const { deliveries } = await emitter.deliveries.list({ userId: 'poison' })
    expect(deliveries[0]?.attempts.length).toBeLessThan(6)
  })
})

describe('operational events', () => {
  const names = ['webhook_failing', 'webhook_disabled', 'webhook_recovered', 'delivery_exhausted'] as const
  const alerts = () =>
    webhookTo(receiver.url('/alerts'), { id: 'alerts', name: 'Alerts', events: [...names], secret: undefined })

  it('say on the fourth failure in a row that a webhook fails, and with its next success that it is back', async () => {
    receiver.script({ path: '/hook', answer: { status: 503 } })
    const { emitter, clock, attempts } = create({ webhooks: [webhookTo(receiver.url('/hook')), alerts()] })
    const failing = heard(emitter, 'webhook_failing')
    const recovered = heard(emitter, 'webhook_recovered')
    const since = clock.now()
    for (let attempt = 1; attempt <= 3; attempt++) {
      await emitter.emit(tourCompleted)
      await attempts.reaches(attempt)
    }
    expect(failing.events).toEqual([])
    await emitter.emit(tourCompleted)
    await failing.reaches(1)
    expect(failing.events).toMatchObject([
      { name: 'webhook_failing', webhook: 'crm', failures: 4, since, status: 503 },
    ])
    receiver.script({ path: '/hook', answer: { status: 200 } })
    await emitter.emit(tourCompleted)
    await recovered.reaches(1)
    const requests = await receiver.arrived(2, { path: '/alerts' })
    expect(requests.map(({ json }) => json)).toMatchObject([
      {
        name: 'Alerts',
        userId: null,
        events: [{ name: 'webhook_failing', id: 'crm' }],
        data: { webhook: 'crm', failures: 4, status: 503, since: new Date(since).toISOString() },
      },
      { events: [{ name: 'webhook_recovered', id: 'crm' }], data: { webhook: 'crm' } },
    ])
    expect(failing.events).toHaveLength(1)
  })

  it('say that a webhook is disabled and that a message was given up, in the words of a template', async () => {
    receiver.script({ path: '/hook', answer: { status: 410 } })
    const slack = { ...alerts(), body: { text: '{webhook}: {reason}{delivery}' } }
    const { emitter } = create({ webhooks: [webhookTo(receiver.url('/hook')), slack] })
    const [id] = await emitter.emit(tourCompleted)
    const requests = await receiver.arrived(2, { path: '/alerts' })
    expect(requests.map(({ json }) => json)).toEqual(
      expect.arrayContaining([{ text: 'crm: gone' }, { text: `crm: ${id}` }]),
    )
  })

  it('are kept to the webhooks that "contents" names', async () => {
    receiver.script({ path: '/hook', answer: { status: 410 } })
    const other = { ...alerts(), contents: ['another'] }
    const { emitter } = create({ webhooks: [webhookTo(receiver.url('/hook')), other] })
    const told = heard(emitter, 'webhook_disabled')
    await emitter.emit(tourCompleted)
    await told.reaches(1)
    await vi.waitFor(async () => expect(await emitter.deliveries.count({ webhook: 'crm' })).toBe(1))
    expect(await emitter.deliveries.count({ webhook: 'alerts' })).toBe(0)
  })

  it("are none about an alert's own webhook", async () => {
    for (const path of ['/hook', '/alerts']) receiver.script({ path, answer: { status: 410 } })
    const { emitter, attempts } = create({ webhooks: [webhookTo(receiver.url('/hook')), alerts()] })
    const told = names.map(name => heard(emitter, name))
    await emitter.emit(tourCompleted)
    await attempts.reaches(3)
    expect(told.flatMap(({ events }) => events.map(({ webhook }) => webhook))).toEqual(['crm', 'crm'])
    expect(await emitter.deliveries.count({ webhook: 'alerts' })).toBe(2)
  })

  it('come once, though the companion was restarted in between', async () => {
    const store = keptStore()
    receiver.script({ path: '/hook', answer: { status: 503 } })
    const webhooks = [webhookTo(receiver.url('/hook')), alerts()]
    for (let start = 0; start < 2; start++) {
      const { emitter, attempts } = create({ store, webhooks })
      for (let attempt = 1; attempt <= 5; attempt++) {
        await emitter.emit(tourCompleted)
        await attempts.reaches(attempt)
      }
      await vi.waitFor(async () => expect(await emitter.deliveries.count({ webhook: 'alerts' })).toBe(1))
      await emitter.close()
    }
  })

  it('are not for a caller to emit', async () => {
    const { emitter } = create()
    const event = { name: 'webhook_disabled', userId: null } as never
    await expect(emitter.emit(event)).rejects.toThrow('name: expected one of')
  })
})
