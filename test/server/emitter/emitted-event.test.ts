import { afterEach, describe, expect, it } from 'vitest'
import { createEmitter, type Emitter } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import type { AddOptions, NewDelivery, Store } from '../../../src/server/stores/store.ts'
import { StoreError } from '../../../src/server/stores/store-error.ts'
import { tourCompleted, webhookTo } from '../support/webhook.ts'

const open = new Set<Emitter>()
afterEach(async () => {
  for (const emitter of open) await emitter.close()
  open.clear()
})

/** An emitter whose webhook stands still, so that what was queued can be looked at. */
async function create(store: Store = memoryStore()) {
  const data = { plan: { tag: 'plan' }, role: { answer: 'role' } } as const
  const emitter = createEmitter({ store, webhooks: [webhookTo('https://crm.example/hook', { data })] })
  open.add(emitter)
  await emitter.webhooks.disable('crm')
  return emitter
}

async function messageOf(event: object) {
  const emitter = await create()
  const [id = ''] = await emitter.emit({ ...tourCompleted, ...event })
  return (await emitter.deliveries.get(id))?.message
}

const failureOf = async (event: object) => (await create()).emit({ ...tourCompleted, ...event }).catch(String)

describe('emit takes', () => {
  it.each([
    [new Date(Date.UTC(2026, 10, 23, 9))],
    ['2026-11-23T09:00:00Z'],
    ['2026-11-23T10:00:00+01:00'],
    ['2026-11-23T03:30:00.000-05:30'],
  ])('a time as a Date, or with any offset: %s', async timestamp => {
    expect((await messageOf({ timestamp }))?.timestamp).toBe('2026-11-23T09:00:00.000Z')
  })

  it('undefined for what is absent, everywhere', async () => {
    const tags = { plan: 'pro', gone: undefined }
    const answers = { role: { title: 'Dev', gone: undefined } }
    const message = await messageOf({ id: undefined, timestamp: undefined, tags, answers })
    expect(message?.data).toStrictEqual({ plan: 'pro', role: { title: 'Dev' } })
    expect(message?.events).toStrictEqual([{ name: 'tour_completed' }])
  })

  it('a Date among tags and answers, as its time', async () => {
    const day = new Date(0)
    const message = await messageOf({ tags: { plan: day }, answers: { role: [day] } })
    expect(message?.data).toEqual({ plan: '1970-01-01T00:00:00.000Z', role: ['1970-01-01T00:00:00.000Z'] })
  })

  it('five hundred events that share four hundred tags within what the tags alone cost', async () => {
    const emitter = await create()
    const tags = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`tag_${index}`, 'x'.repeat(10)]))
    const events = Array.from({ length: 500 }, (_, index) => ({ ...tourCompleted, id: `t${index}`, tags }))
    await emitter.emit(events)
    const startedAt = process.cpuUsage()
    await emitter.emit(events)
    const { user, system } = process.cpuUsage(startedAt)
    expect((user + system) / 1000).toBeLessThan(100)
  })
})

describe('emit refuses in words, and with the path', () => {
  const cyclic: Record<string, unknown> = {}
  cyclic.self = { list: [cyclic] }
  let deep: unknown = 1
  for (let level = 0; level < 30_000; level++) deep = { deep }

  it.each<[object, string]>([
    [{ tags: { plan: null } }, 'tags.plan: expected a text, a number, true or false, got null'],
    [{ tags: { plan: {} } }, 'tags.plan: expected a text, a number, true or false, got an object'],
    [{ tags: { plan: [1] } }, 'tags.plan: expected a text, a number, true or false, got an array'],
    [{ tags: { plan: Number.NaN } }, 'tags.plan: expected a finite number, got NaN'],
    [{ tags: { plan: cyclic } }, 'tags.plan: expected a text'],
    [{ tags: null }, 'tags: expected an object, got null'],
    [{ answers: ['x'] }, 'answers: expected an object, got an array'],
    [{ answers: { role: 1n } }, 'answers.role: expected what JSON can say, got a bigint'],
    [{ answers: { role: cyclic } }, 'answers.role.self.list[0]: contains itself'],
    [{ answers: cyclic }, 'answers.self.list[0]: contains itself'],
    [{ answers: { role: deep } }, 'lies more than 100 levels deep'],
    [
      { timestamp: 'yesterday' },
      'timestamp: expected a Date or a time such as "2026-11-23T09:00:00Z", got "yesterday"',
    ],
    [{ timestamp: new Date('no') }, 'timestamp: expected a Date or a time such as'],
    [{ timestamp: 1 }, 'timestamp: expected a Date or a time such as'],
    [{ timestamp: '2026-11-23T09:00:00' }, 'timestamp: expected a Date or a time'],
    [{ userId: deep }, 'userId: '],
    [{ name: cyclic }, 'name: expected one of'],
  ])('%#', async (event, message) => {
    const failure = await failureOf(event)
    expect(failure).toContain(`TypeError: This event can't be emitted: `)
    expect(failure).toContain(message)
  })

  it('of several events, which', async () => {
    const emitter = await create()
    const bad = { ...tourCompleted, tags: { a: null } }
    await expect(emitter.emit([tourCompleted, bad as never])).rejects.toThrow('[1].tags.a: expected a text')
  })
})

describe('emit with an id of the caller’s own', () => {
  it('counts the same twice once, and says what was queued then', async () => {
    const emitter = await create()
    const first = await emitter.emit(tourCompleted, { once: 'order-1' })
    expect(first).toHaveLength(1)
    expect(await emitter.emit(tourCompleted, { once: 'order-1' })).toEqual(first)
    expect(await emitter.emit({ ...tourCompleted, id: 'other' }, { once: 'order-1' })).toEqual(first)
    expect(await emitter.deliveries.count()).toBe(1)
    await emitter.emit(tourCompleted, { once: 'order-2' })
    await emitter.emit(tourCompleted)
    expect(await emitter.deliveries.count()).toBe(3)
  })

  it.each(['', 'x'.repeat(201), 7])('refuses %j', async once => {
    const emitter = await create()
    await expect(emitter.emit(tourCompleted, { once: once as string })).rejects.toThrow('once: expected a text')
  })

  it('makes asking again safe when the answer to a commit was lost, and the error says so', async () => {
    const memory = memoryStore()
    let isLost = true
    const store: Store = {
      ...memory,
      async add(deliveries: readonly NewDelivery[], options?: AddOptions) {
        const added = await memory.add(deliveries, options)
        if (isLost) throw new StoreError('the connection was lost', { isUncertain: true })
        return added
      },
    }
    const emitter = await create(store)
    const failure = await emitter.emit(tourCompleted, { once: 'order-1' }).catch(String)
    expect(failure).toContain('it may be sent, or not')
    expect(failure).toContain('"once"')
    expect(failure).not.toContain('nothing is sent')
    isLost = false
    expect(await emitter.emit(tourCompleted, { once: 'order-1' })).toHaveLength(1)
    expect(await emitter.deliveries.count()).toBe(1)
  })
})
