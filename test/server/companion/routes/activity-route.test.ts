import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Config } from '../../../../src/schema/config.ts'
import { eventNameSchema } from '../../../../src/schema/event.ts'
import { memoryStore } from '../../../../src/server/stores/memory/memory.ts'
import { sqliteStore } from '../../../../src/server/stores/sqlite/sqlite.ts'
import type { Store } from '../../../../src/server/stores/store.ts'
import { activityOf, origin, startCompanion } from '../../../support/companion.ts'
import { handWoundClock } from '../../support/clock.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const all = eventNameSchema.options

/** One webhook that gets everything. */
const everything =
  (changes: Partial<Config> = {}) =>
  (url: (path: string) => string): Config => ({
    webhooks: [
      { id: 'all', name: 'All', url: url('/all'), events: all, data: { plan: { tag: 'plan' } }, secret },
    ],
    ...changes,
  })

async function databaseFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tourhook-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'test.db')
}

test('a completed tour reaches its webhook, signed, with the tags that came with it', async () => {
  const { post, receiver } = await startCompanion({ config: everything() })
  const activity = activityOf({ tags: { plan: 'pro' }, events: [{ name: 'tour_completed', id: 'welcome' }] })
  const { status, json } = await post('/v1/events', activity)
  expect({ status, json }).toEqual({ status: 202, json: { id: activity.id, counted: true } })

  const [arrived] = await receiver.arrived(1)
  const { body = '', headers = {} } = arrived ?? {}
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
    id: headers['webhook-id'],
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'All',
    userId: 'ada',
    events: [
      { name: 'user_created', id: 'ada' },
      { name: 'script_tag_set', id: 'plan' },
      { name: 'tour_completed', id: 'welcome' },
    ],
    data: { plan: 'pro' },
  })
})

test('a tag that came days ago still goes with what happens now', async () => {
  const { post, receiver } = await startCompanion({ config: everything() })
  await post('/v1/events', activityOf({ tags: { plan: 'pro' } }))
  await post('/v1/events', activityOf({ events: [{ name: 'banner_seen', id: 'news' }] }))
  const [, second] = await receiver.arrived(2)
  expect(second?.json).toMatchObject({ events: [{ name: 'banner_seen', id: 'news' }], data: { plan: 'pro' } })
})

test('every one of the ten events can be subscribed to and arrives', async () => {
  const { post, receiver } = await startCompanion({
    config: url => ({
      webhooks: all.map(name => ({ id: name, url: url(`/${name}`), events: [name] })),
      checklists: [{ id: 'onboarding', items: [{ id: 'profile' }] }],
      segments: [{ id: 'pros', tags: { plan: { is: 'pro' } } }],
    }),
  })
  await post(
    '/v1/events',
    activityOf({
      tags: { plan: 'pro' },
      managedTags: { level: 2 },
      events: [
        { name: 'tour_completed', id: 'welcome' },
        { name: 'checklist_item_completed', id: 'profile', checklist: 'onboarding' },
        { name: 'checklist_dismissed', id: 'onboarding' },
        { name: 'banner_seen', id: 'news' },
        { name: 'banner_closed', id: 'news' },
      ],
    }),
  )
  const arrived = await receiver.arrived(10)
  const ids = {
    user_created: 'ada',
    user_tag_added: 'level',
    script_tag_set: 'plan',
    auto_segment_changed: 'pros',
  }
  for (const { path, json } of arrived) {
    expect(json).toMatchObject({ name: path.slice(1), userId: 'ada', events: [{ name: path.slice(1) }] })
  }
  expect(Object.fromEntries(arrived.map(({ path, json }) => [path.slice(1), idOf(json)]))).toMatchObject(ids)
})

test('answers of a tour travel where the webhook asks for them', async () => {
  const { post, receiver } = await startCompanion({
    config: url => ({
      webhooks: [
        { id: 'nps', url: url('/nps'), events: ['tour_completed'], data: { score: { answer: 'score' } } },
      ],
    }),
  })
  await post(
    '/v1/events',
    activityOf({ events: [{ name: 'tour_completed', id: 'survey', answers: { score: 9 } }] }),
  )
  const [arrived] = await receiver.arrived(1)
  expect(arrived?.json).toMatchObject({ data: { score: 9 } })
})

test('nothing has happened later than now, whatever the clock of a visitor says', async () => {
  const clock = handWoundClock(Date.parse('2026-11-23T10:00:00.000Z'))
  const { post, receiver } = await startCompanion({ config: everything(), clock })
  await post('/v1/events', activityOf({ timestamp: '2031-01-01T00:00:00.000Z' }))
  const [arrived] = await receiver.arrived(1)
  expect(arrived?.json).toMatchObject({ timestamp: '2026-11-23T10:00:00.000Z' })
})

test('a time may have any offset, and travels in UTC', async () => {
  const { post, receiver } = await startCompanion({ config: everything() })
  await post('/v1/events', activityOf({ timestamp: '2026-11-23T10:00:00+01:00' }))
  const [arrived] = await receiver.arrived(1)
  expect(arrived?.json).toMatchObject({ timestamp: '2026-11-23T09:00:00.000Z' })
})

describe('visitors without a user id', () => {
  test('their tours count, their tags and their newness do not', async () => {
    const { post, receiver, emitter } = await startCompanion({ config: everything() })
    const body = { userId: null, tags: { plan: 'pro' }, events: [{ name: 'tour_completed', id: 'welcome' }] }
    await post('/v1/events', activityOf(body))
    const [arrived] = await receiver.arrived(1)
    expect(arrived?.json).toMatchObject({
      userId: null,
      events: [{ name: 'tour_completed', id: 'welcome' }],
      data: { plan: 'pro' },
    })
    await post('/v1/events', activityOf({ userId: null, tags: { plan: 'pro' } }))
    expect(await emitter.deliveries.count()).toBe(1)
  })
})

describe.each([
  ['in memory', async () => memoryStore()],
  ['on SQLite', async () => sqliteStore(await databaseFile())],
])('%s', (_, createStore: () => Promise<Store>) => {
  test('the same activity sent ten times at once counts once', async () => {
    const { post, emitter, receiver } = await startCompanion({
      config: everything(),
      store: await createStore(),
    })
    const activity = activityOf({ events: [{ name: 'tour_completed', id: 'welcome' }] })
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/v1/events', activity)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202))
    expect(answers.filter(({ json }) => json.counted)).toHaveLength(1)
    await receiver.arrived(1)
    expect(await emitter.deliveries.count()).toBe(1)
  })

  test('twenty activities of one new user at once create the user once and lose no tag', async () => {
    const { post, emitter } = await startCompanion({ config: everything(), store: await createStore() })
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post('/v1/events', activityOf({ tags: { [`tag${index}`]: 1 } })),
      ),
    )
    const { deliveries } = await emitter.deliveries.list({ limit: 100 })
    const events = deliveries.flatMap(({ message }) => message.events)
    expect(events.filter(({ name }) => name === 'user_created')).toHaveLength(1)
    expect(new Set(events.filter(({ name }) => name === 'script_tag_set').map(({ id }) => id)).size).toBe(20)
    expect(await emitter.read('user:ada')).toMatchObject({ tags: { tag0: 1, tag19: 1 } })
  })

  test('an activity that could not be kept leaves nothing behind, and counts when it comes again', async () => {
    const store = await createStore()
    const interrupted = interruptOnce(store)
    const { post, emitter, errors } = await startCompanion({ config: everything(), store: interrupted })
    const activity = activityOf({ tags: { plan: 'pro' } })

    const failed = await post('/v1/events', activity)
    expect(failed.status).toBe(503)
    expect(failed.json.error).toMatchObject({ code: 'unavailable' })
    expect(failed.headers.get('retry-after')).toBe('5')
    expect(errors).toHaveLength(1)
    expect(await emitter.read('user:ada')).toBeUndefined()
    expect(await emitter.deliveries.count()).toBe(0)

    expect((await post('/v1/events', activity)).json).toEqual({ id: activity.id, counted: true })
    const { deliveries } = await emitter.deliveries.list()
    expect(deliveries.map(({ message }) => message.events)).toEqual([
      [
        { name: 'user_created', id: 'ada' },
        { name: 'script_tag_set', id: 'plan' },
      ],
    ])
  })
})

test('an activity counts whatever another user’s activity of the same id was', async () => {
  const { post } = await startCompanion()
  const activity = activityOf({ userId: 'ada' })
  expect((await post('/v1/events', activity)).json.counted).toBe(true)
  expect((await post('/v1/events', { ...activity, userId: 'bob' })).json.counted).toBe(true)
  expect((await post('/v1/events', { ...activity, userId: null })).json.counted).toBe(true)
  expect((await post('/v1/events', activity)).json.counted).toBe(false)
})

test('what is kept of one user stays small, however much is sent, and the newest is kept', async () => {
  const { post, emitter } = await startCompanion()
  for (let turn = 0; turn < 12; turn += 1) {
    const tags = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`tag${turn}_${index}`, 'x'.repeat(900)]),
    )
    const events = Array.from({ length: 60 }, (_, index) => ({
      name: 'tour_completed',
      id: `${turn}_${index}`.padEnd(200, 'x'),
    }))
    expect((await post('/v1/events', activityOf({ tags, events }))).status).toBe(202)
  }
  const kept = (await emitter.read('user:ada')) as { tags: object; tours: string[] }
  expect(JSON.stringify(kept).length).toBeLessThan(120_000)
  expect(Object.keys(kept.tags)).toContain('tag11_29')
  expect(kept.tours.at(-1)).toMatch(/^11_59/)
})

test('a client that makes up users is stopped before they fill the store, and others are not', async () => {
  const { companion, emitter } = await startCompanion({
    rateLimit: { client: { perSecond: 1e6, burst: 1e6 } },
    clock: handWoundClock(Date.parse('2026-11-23T10:00:00.000Z')),
  })
  const tags = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`tag${index}`, 'x'.repeat(900)]))
  const send = async (userId: string, address: string) => {
    const request = new Request('http://companion.test/v1/events', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(activityOf({ userId, tags })),
    })
    return companion.fetch(request, { incoming: { socket: { remoteAddress: address } } })
  }
  let made = 0
  while (made < 100 && (await send(`user${made}`, '203.0.113.7')).status === 202) made += 1
  expect(made).toBeGreaterThan(30)
  expect(made).toBeLessThan(50)
  const refused = await send('one more', '203.0.113.7')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await emitter.read('user:one more')).toBeUndefined()
  expect((await send('ada', '203.0.113.8')).status).toBe(202)
})

test('what was counted before a restart is not counted after it', async () => {
  const file = await databaseFile()
  const activity = activityOf({ tags: { plan: 'pro' } })
  const before = await startCompanion({ config: everything(), store: sqliteStore(file) })
  await before.post('/v1/events', activity)
  await before.receiver.arrived(1)
  await before.close()

  const after = await startCompanion({ config: everything(), store: sqliteStore(file) })
  expect((await after.post('/v1/events', activity)).json).toMatchObject({ counted: false })
  await after.post('/v1/events', activityOf({ tags: { plan: 'free' } }))
  const [arrived] = await after.receiver.arrived(1)
  expect(arrived?.json).toMatchObject({ events: [{ name: 'script_tag_set', id: 'plan' }] })
})

test('an activity’s id with other content is answered 409, and what came first stays', async () => {
  const { post, emitter, receiver } = await startCompanion({ config: everything() })
  const activity = activityOf({ tags: { plan: 'pro' } })
  expect((await post('/v1/events', activity)).json).toMatchObject({ counted: true })
  expect(await post('/v1/events', activity)).toMatchObject({ status: 202, json: { counted: false } })
  // Whose hash it comes with is no content: it may have been made anew.
  expect(await post('/v1/events', { ...activity, userHash: 'anew' })).toMatchObject({ status: 202 })
  const other = await post('/v1/events', { ...activity, tags: { plan: 'free' } })
  expect(other).toMatchObject({ status: 409, json: { error: { code: 'taken', path: 'id' } } })
  expect(await emitter.read('user:ada')).toMatchObject({ tags: { plan: 'pro' } })
  // Another user's activity is another one, whatever its id.
  expect((await post('/v1/events', { ...activity, userId: 'ben' })).json).toMatchObject({ counted: true })
  await receiver.arrived(2)
})

/** A store whose first change breaks off within its transaction, after all of it was computed. */
function interruptOnce(store: Store): Store {
  let calls = 0
  return {
    ...store,
    apply(change) {
      calls += 1
      if (calls > 1) return store.apply(change)
      return store.apply({
        ...change,
        change(value) {
          change.change(value)
          throw new Error('the disk is full')
        },
      })
    },
  }
}

function idOf(json: unknown): string | undefined {
  return (json as { events: { id?: string }[] }).events[0]?.id
}
