import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createEmitter, type Emitter, type EmitterOptions } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { sqliteStore } from '../../../src/server/stores/sqlite/sqlite.ts'
import type { Store } from '../../../src/server/stores/store.ts'
import { createReceiver, type Receiver } from '../../support/receiver.ts'
import { heard } from '../support/emitter.ts'
import { secret, tourCompleted, webhookTo } from '../support/webhook.ts'

let receiver: Receiver
const open = new Set<Emitter>()

beforeAll(async () => {
  receiver = await createReceiver()
})
afterEach(async () => {
  for (const emitter of open) await emitter.close()
  open.clear()
  receiver.clear()
})
afterAll(() => receiver.close())

function create(options: EmitterOptions = {}): Emitter {
  const emitter = createEmitter({
    allowNetworks: ['127.0.0.0/8'],
    webhooks: [webhookTo(receiver.url())],
    ...options,
  })
  open.add(emitter)
  return emitter
}

async function received(count = 1) {
  const requests = await receiver.arrived(count)
  return requests.map(({ json }) => json as Record<string, unknown>)
}

describe('emit', () => {
  it('sends each subscribed webhook its message, signed over the bytes that arrive', async () => {
    const [id] = await create().emit({ ...tourCompleted, timestamp: '2026-11-23T09:00:00.000Z' })
    const [request] = await receiver.arrived(1)
    expect(request?.json).toEqual({
      id,
      timestamp: '2026-11-23T09:00:00.000Z',
      name: 'CRM lead',
      userId: 'user_123',
      events: [{ name: 'tour_completed', id: 'welcome' }],
      data: {},
    })
    expect(request?.headers).toMatchObject({ 'webhook-id': id, 'content-type': 'application/json' })
    const headers = request?.headers as Record<string, string>
    expect(() => new Verifier(secret).verify(request?.body ?? '', headers)).not.toThrow()
  })

  it('sends several events of one user as one message, to each webhook what it wants', async () => {
    const webhooks = [
      webhookTo(receiver.url('/all'), { id: 'all', events: ['tour_completed', 'banner_seen'] }),
      webhookTo(receiver.url('/banners'), { id: 'banners', events: ['banner_seen'] }),
      webhookTo(receiver.url('/others'), { id: 'others', events: ['user_created'] }),
    ]
    await create({ webhooks }).emit([
      { name: 'tour_completed', userId: 'u', id: 'welcome' },
      { name: 'banner_seen', userId: 'u', id: 'sale' },
    ])
    const requests = await receiver.arrived(2)
    const events = (path: string) => requests.find(request => request.path === path)?.json
    expect(events('/all')).toMatchObject({
      events: [
        { name: 'tour_completed', id: 'welcome' },
        { name: 'banner_seen', id: 'sale' },
      ],
    })
    expect(events('/banners')).toMatchObject({ events: [{ name: 'banner_seen', id: 'sale' }] })
    expect(requests).toHaveLength(2)
  })

  it('keeps to the contents that a webhook is limited to', async () => {
    const emitter = create({ webhooks: [webhookTo(receiver.url(), { contents: ['welcome'] })] })
    expect(await emitter.emit({ ...tourCompleted, id: 'other' })).toEqual([])
    expect(await emitter.emit({ name: 'tour_completed', userId: null })).toEqual([])
    expect(await emitter.emit(tourCompleted)).toHaveLength(1)
  })

  it('takes an item as a content of its checklist', async () => {
    const events = ['checklist_item_completed', 'tour_completed'] as const
    const webhooks = [webhookTo(receiver.url(), { events: [...events], contents: ['onboarding'] })]
    const emitter = create({ webhooks })
    const item = { name: 'checklist_item_completed', userId: 'u', id: 'profile' } as const
    expect(await emitter.emit({ ...item, answers: { checklist: 'onboarding' } })).toHaveLength(1)
    expect(await emitter.emit({ ...item, answers: { checklist: 'other' } })).toEqual([])
    expect(await emitter.emit({ ...tourCompleted, answers: { checklist: 'onboarding' } })).toEqual([])
  })

  it('sends nothing to a webhook without events, which is there to be relayed to', async () => {
    const { events: _, ...webhook } = webhookTo(receiver.url())
    expect(await create({ webhooks: [webhook] }).emit(tourCompleted)).toEqual([])
  })

  it('gathers data from tags, answers, constants and the tour, and leaves out what is missing', async () => {
    const data = {
      plan: { tag: 'plan' },
      role: { answer: 'role' },
      campaign: { value: 'spring' },
      tour: { tour: 'id' },
      page: { page: 'url' },
      missing: { tag: 'toString' },
    } as const
    const emitter = create({ webhooks: [webhookTo(receiver.url(), { data })] })
    await emitter.emit({ ...tourCompleted, tags: { plan: 'pro' }, answers: { role: 'Developer' } })
    const [message] = await received()
    expect(message?.data).toEqual({ plan: 'pro', role: 'Developer', campaign: 'spring', tour: 'welcome' })
  })

  it('sends a filled template, the bare data, or a GET as the webhook says', async () => {
    const data = { role: { answer: 'role' } } as const
    const webhooks = [
      webhookTo(receiver.url('/template'), {
        id: 'a',
        data,
        body: { text: '{role} {firstName} did {tour.id}' },
      }),
      webhookTo(receiver.url('/data'), { id: 'b', data, body: 'data' }),
      webhookTo(receiver.url('/get'), {
        id: 'c',
        data,
        body: 'data',
        method: 'GET',
        query: { source: 'tour' },
      }),
    ]
    const emitter = create({ webhooks })
    await emitter.emit({ ...tourCompleted, answers: { role: 'Developer' }, tags: { firstName: 'Ada' } })
    const requests = await receiver.arrived(3)
    const at = (path: string) => requests.find(request => request.path === path)
    expect(at('/template')?.json).toEqual({ text: 'Developer Ada did welcome' })
    expect(at('/data')?.json).toEqual({ role: 'Developer' })
    expect(at('/get')).toMatchObject({ method: 'GET', body: '', query: { source: 'tour', role: 'Developer' } })
  })

  it("sends a webhook's own headers and credentials", async () => {
    const headers = { 'X-Team': 'growth', 'Content-Type': 'application/vnd.crm+json' }
    const auth = { username: 'u', password: 'pä' }
    await create({ webhooks: [webhookTo(receiver.url(), { headers, auth })] }).emit(tourCompleted)
    const [request] = await receiver.arrived(1)
    expect(request?.headers).toMatchObject({
      'x-team': 'growth',
      'content-type': 'application/vnd.crm+json',
      authorization: `Basic ${Buffer.from('u:pä').toString('base64')}`,
    })
  })

  it.each([
    [
      { userId: 'u' },
      /^TypeError: This event can't be emitted: name: is missing; expected one of "tour_completed"/,
    ],
    [{ name: 'tour_complete', userId: 'u' }, /name: expected one of .*; did you mean "tour_completed"\?/],
    [{ name: 'tour_completed' }, /userId: /],
    [{ name: 'tour_completed', userId: 7 }, /userId: /],
    [{ ...tourCompleted, tags: { plan: {} } }, /tags\.plan: /],
    [{ ...tourCompleted, extra: 1 }, /unknown key "extra"/],
    [[tourCompleted, { ...tourCompleted, id: 7 }], /\[1\]\.id: expected a text, got 7/],
    [
      [tourCompleted, { ...tourCompleted, userId: 'other' }],
      /\[1\]\.userId: expected the same user as \[0\]\.userId/,
    ],
  ])('names what is wrong with an event: %j', async (event, message) => {
    const error = await create()
      .emit(event as never)
      .catch(String)
    expect(error).toMatch(message)
    expect(receiver.requests).toEqual([])
  })

  it('rejects, with the cause, what the store could not keep', async () => {
    const store = sqliteStore(':memory:')
    const emitter = createEmitter({ store, webhooks: [webhookTo(receiver.url())] })
    await emitter.emit({ ...tourCompleted, name: 'banner_seen' })
    await emitter.close()
    await expect(emitter.emit(tourCompleted)).rejects.toMatchObject({
      message: 'The store could not keep it, so nothing is sent',
      cause: expect.objectContaining({ message: 'database is not open' }),
    })
  })

  it('refuses a transaction that its store can not join', async () => {
    const db = { query: async () => ({ rows: [] }) }
    await expect(create().emit(tourCompleted, { db })).rejects.toThrow('The store could not keep it')
  })
})

describe('relay', () => {
  const message = {
    id: 'msg_from-a-browser',
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'CRM lead',
    userId: null,
    events: [{ name: 'trigger_event' as const, id: 'welcome', step: 'send' }],
    data: { role: 'Developer' },
  }

  it("sends a browser's message as it is, once however often it comes", async () => {
    const emitter = create()
    const delivered = heard(emitter, 'delivered')
    await emitter.relay('crm', message)
    await emitter.relay('crm', message)
    await delivered.reaches(1)
    await emitter.relay('crm', message)
    await emitter.relay('crm', { ...message, id: 'msg_next' })
    await delivered.reaches(2)
    expect(receiver.requests.map(({ json }) => json)).toEqual([message, { ...message, id: 'msg_next' }])
  })

  it('sends the template that the browser has filled', async () => {
    await create({ webhooks: [webhookTo(receiver.url(), { body: { text: '{role}' } })] }).relay(
      'crm',
      message,
      {
        text: 'Developer',
      },
    )
    expect(await received()).toEqual([{ text: 'Developer' }])
  })

  it('rejects a webhook that is not there', async () => {
    await expect(create().relay('crn', message)).rejects.toThrow(new TypeError('There is no webhook "crn"'))
  })
})

describe('apply', () => {
  it('changes a value and emits what follows, once', async () => {
    const emitter = create()
    const apply = () =>
      emitter.apply({
        once: 'msg_activity',
        key: 'user:1',
        change: (before = 0) => ({ value: Number(before) + 1, events: [tourCompleted] }),
      })
    expect(await Promise.all([apply(), apply()])).toEqual([true, false])
    expect(await apply()).toBe(false)
    expect(await emitter.read('user:1')).toBe(1)
    await receiver.arrived(1)
    expect(await emitter.deliveries.count()).toBe(1)
  })

  it('changes nothing when what follows can not be emitted', async () => {
    const emitter = create()
    const events = [{ ...tourCompleted, name: 'nonsense' as never }]
    const applied = emitter.apply({ once: 'a', key: 'user:1', change: () => ({ value: 1, events }) })
    await expect(applied).rejects.toThrow(TypeError)
    expect(await emitter.read('user:1')).toBeUndefined()
  })
})

describe('createEmitter', () => {
  it('refuses webhooks that it could not call', () => {
    const relayed = { id: 'crm', transport: 'relay' as const }
    expect(() => createEmitter({ webhooks: [relayed] })).toThrow(
      'webhooks[0].url: is missing; the server needs it',
    )
    expect(() => createEmitter({ webhooks: [webhookTo('ftp://x')] })).toThrow('webhooks[0].url')
  })

  it('warns of a webhook without a secret, whose messages go unsigned', async () => {
    const { secret: _, ...unsigned } = webhookTo(receiver.url())
    const emitter = create({ webhooks: [unsigned] })
    const warnings = heard(emitter, 'warning')
    const delivered = heard(emitter, 'delivered')
    await emitter.emit([tourCompleted])
    await emitter.emit([tourCompleted])
    await delivered.reaches(2)
    expect(warnings.events).toEqual([
      { webhook: 'crm', message: 'The webhook "crm" has no secret: its messages are not signed' },
    ])
    expect(receiver.requests[0]?.headers['webhook-signature']).toBeUndefined()
    expect(receiver.requests[0]?.headers['webhook-id']).toMatch(/^msg_/)
  })
})

describe('on', () => {
  it('announces what becomes of a delivery, until it is undone', async () => {
    const emitter = create()
    const listener = vi.fn()
    const undo = emitter.on('delivered', listener)
    const attempts = heard(emitter, 'attempt')
    const [id] = await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    expect(attempts.events).toMatchObject([{ id, webhook: 'crm', attempt: { status: 200 } }])
    undo()
    await emitter.emit(tourCompleted)
    await attempts.reaches(2)
    expect(listener).toHaveBeenCalledOnce()
  })

  it('lets no listener that throws stop another, and announces its error', async () => {
    const emitter = create()
    const bug = new Error('a bug')
    emitter.on('delivered', () => {
      throw bug
    })
    const errors = heard(emitter, 'error')
    const delivered = heard(emitter, 'delivered')
    await emitter.emit(tourCompleted)
    await delivered.reaches(1)
    expect(errors.events).toMatchObject([{ message: 'A listener of "delivered" threw', cause: bug }])
  })

  it('makes a process warning of an error that nobody listens to', async () => {
    const warned = new Promise<Error>(resolve => process.once('warning', resolve))
    const emitter = create()
    emitter.on('delivered', () => {
      throw new Error('a bug')
    })
    await emitter.emit(tourCompleted)
    expect((await warned).message).toBe('A listener of "delivered" threw')
  })
})

describe('options', () => {
  it('are refused when an attempt could outlast its lease, and nothing would ever be sent', () => {
    const store = memoryStore({ leaseMs: 10_000 })
    const expected = "timeoutMs: expected at most 5000, half of the store's lease, got 5001"
    expect(() => createEmitter({ store, timeoutMs: 5001 })).toThrow(new RangeError(expected))
    expect(() => create({ store, timeoutMs: 5000 })).not.toThrow()
  })

  it('are refused when a repeat could come after what makes it count once was forgotten', () => {
    const expected = 'retentionDays: expected at least 4, got 1'
    expect(() => createEmitter({ retentionDays: 1 })).toThrow(new RangeError(expected))
    expect(() => create({ retentionDays: 4 })).not.toThrow()
  })
})

describe('close', () => {
  it('lets attempts in flight end, and gives back what has not begun', async () => {
    const store = { ...memoryStore(), close: async () => {} }
    receiver.script({ path: '/slow', answer: { status: 200, delayMs: 50 } })
    const emitter = createEmitter({
      store,
      allowNetworks: ['127.0.0.0/8'],
      webhooks: [webhookTo(receiver.url('/slow'), { concurrency: 2 })],
    })
    for (let index = 0; index < 10; index++) await emitter.emit(tourCompleted)
    await receiver.arrived(2)
    await emitter.close()
    const delivered = await store.count({ state: 'delivered' })
    expect(delivered).toBe(receiver.requests.length)
    const due = await store.claim([{ webhook: 'crm', limit: 100 }], Date.now())
    expect(due).toHaveLength(10 - delivered)
    expect(delivered).toBeLessThan(10)
  })

  it('gives back what a claim under way brings before it closes the store', async () => {
    const memory = memoryStore()
    const done: string[] = []
    let letClaimEnd = () => {}
    const claimMayEnd = new Promise<void>(resolve => {
      letClaimEnd = resolve
    })
    const store: Store = {
      ...memory,
      async claim(lanes) {
        done.push('claiming')
        await claimMayEnd
        // It may have begun before the event came.
        return memory.claim(lanes, Date.now())
      },
      async settle(settlements) {
        for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
        const setAside = await memory.settle(settlements)
        done.push('given back')
        return setAside
      },
      async close() {
        done.push('closed')
      },
    }
    const emitter = create({ store })
    await emitter.emit(tourCompleted)
    await vi.waitFor(() => expect(done).toEqual(['claiming']))
    const closed = emitter.close()
    letClaimEnd()
    await closed
    expect(done).toEqual(['claiming', 'given back', 'closed'])
    expect(await memory.claim([{ webhook: 'crm', limit: 1 }], Date.now())).toHaveLength(1)
  })
})
