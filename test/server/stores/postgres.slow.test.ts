import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../src/server/clock.ts'
import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { postgresStore } from '../../../src/server/stores/postgres/postgres.ts'
import type { StoreOptions } from '../../../src/server/stores/store.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startRecorder } from '../support/recorder.ts'
import { tourCompleted, webhookTo } from '../support/webhook.ts'
import { describeConsoleStore } from './console-contract.ts'
import { describeStore } from './contract.ts'

let postgres: TestPostgres
let client: pg.Client
let wound = 0
const now = () => Date.now() + wound

beforeAll(async () => {
  postgres = await startPostgres()
  client = new pg.Client({ connectionString: postgres.connectionString })
  await client.connect()
}, 60_000)

afterAll(async () => {
  await client.end()
  await postgres.remove()
})

/** Stores of one schema are emptied, not made anew. */
async function emptyStore(options: StoreOptions = {}) {
  const { connectionString } = postgres
  const store = postgresStore({ connectionString, clock: { ...systemClock, now }, ...options })
  await store.webhooks()
  await client.query(
    'TRUNCATE tourhook.deliveries, tourhook.webhooks, tourhook.state, tourhook.applied, tourhook.hours',
  )
  return store
}

describeStore('postgresStore', {
  create: emptyStore,
  // The database's clock can't be wound, so what it knows is moved into the past instead.
  async wind(ms) {
    wound += ms
    await client.query(
      `UPDATE tourhook.deliveries SET due_at = due_at - ${ms}, lease_until = greatest(0, lease_until - ${ms})`,
    )
  },
  now,
})

describeConsoleStore('postgresStore', async () => {
  const store = await emptyStore()
  await client.query(
    'TRUNCATE tourhook.documents, tourhook.versions, tourhook.audit, tourhook.sessions, tourhook.jobs, tourhook.settings',
  )
  return store
})

describe('postgresStore', () => {
  it('keeps a delivery while hundreds of webhooks begin to fail at once', async () => {
    const store = await emptyStore()
    let changed = 0
    const changes = Array.from({ length: 400 }, (_, index) =>
      store.changeWebhook(`webhook_${index}`, record => ({ ...record, failingSince: 1 })).then(() => changed++),
    )
    const message = { id: 'msg_1', timestamp: '', name: 'CRM', userId: null, events: [], data: {} }
    await store.add([{ id: 'msg_1', webhook: 'crm', message, createdAt: now(), dueAt: now() }])
    expect(changed).toBeLessThan(200)
    await Promise.all(changes)
    expect(await store.webhooks()).toHaveLength(400)
    await store.close()
  })

  const delivery = (id: string) => ({
    id,
    webhook: 'crm',
    message: { id, timestamp: '', name: 'CRM', userId: null, events: [], data: {} },
    createdAt: Date.now(),
    dueAt: Date.now(),
  })

  it("joins the caller's transaction: committed with it, gone with it", async () => {
    const store = await emptyStore()
    await client.query('BEGIN')
    await store.add([delivery('msg_kept')], { db: client })
    expect(await store.get('msg_kept')).toBeUndefined()
    await client.query('COMMIT')
    await client.query('BEGIN')
    await store.add([delivery('msg_gone')], { db: client })
    await client.query('ROLLBACK')
    expect(await store.claim([{ webhook: 'crm', limit: 10 }], Date.now())).toMatchObject([{ id: 'msg_kept' }])
    expect(await store.get('msg_gone')).toBeUndefined()
    await store.close()
  })

  it('lends a delivery to one of two that share a database', async () => {
    const first = await emptyStore()
    const second = postgresStore({ connectionString: postgres.connectionString })
    await first.add(Array.from({ length: 100 }, (_, index) => delivery(`msg_${index}`)))
    const lanes = [{ webhook: 'crm', limit: 40 }]
    const claims = await Promise.all(
      [first, second, first, second].map(store => store.claim(lanes, Date.now())),
    )
    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(100)
    expect(claims.flat()).toHaveLength(100)
    await Promise.all([first.close(), second.close()])
  })

  it('has each delivery attempted by one of two emitters that share a database', async () => {
    const recorder = await startRecorder({ delayMs: 5 })
    await (await emptyStore()).close()
    const create = () =>
      createEmitter({
        store: postgresStore({ connectionString: postgres.connectionString }),
        webhooks: [webhookTo(recorder.url)],
        allowNetworks: ['127.0.0.0/8'],
      })
    const emitters = [create(), create()]
    const sent = [0, 0]
    for (const [index, emitter] of emitters.entries()) {
      emitter.on('delivered', () => {
        sent[index] = (sent[index] ?? 0) + 1
      })
    }
    const emit = () => Promise.all(emitters.map(emitter => emitter.emit(tourCompleted)))
    const ids = (await Promise.all(Array.from({ length: 200 }, emit))).flat(2)
    await vi.waitFor(() => expect((sent[0] ?? 0) + (sent[1] ?? 0)).toBe(400), { timeout: 20_000 })
    expect(Math.min(...sent)).toBeGreaterThan(0)
    expect((await recorder.take()).ids).toEqual(Object.fromEntries(ids.map(id => [id, 1])))
    await Promise.all(emitters.map(emitter => emitter.close()))
    recorder.close()
  }, 30_000)

  it('does not send again what another companion delivers between its search and its change', async () => {
    const store = await emptyStore()
    await store.add([delivery('msg_1')])
    await client.query('BEGIN')
    await client.query(`UPDATE tourhook.deliveries SET state = 'delivered'`)
    const requeued = store.requeue({ webhook: 'crm', state: 'pending' }, Date.now())
    await vi.waitFor(async () => {
      const { rows } = await client.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)
      expect(rows).toHaveLength(1)
    })
    await client.query('COMMIT')
    expect(await requeued).toBe(0)
    expect(await store.get('msg_1')).toMatchObject({ state: 'delivered' })
    await store.close()
  })

  it('leaves nothing waiting for a webhook that is removed, whatever another companion does meanwhile', async () => {
    const store = await emptyStore()
    await store.add([delivery('msg_1')])
    await client.query('BEGIN')
    await client.query('UPDATE tourhook.deliveries SET failures = 1')
    const removed = store.removeWebhook('crm')
    await vi.waitFor(async () => {
      const { rows } = await client.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)
      expect(rows).toHaveLength(1)
    })
    await client.query('COMMIT')
    await removed
    expect(await store.get('msg_1')).toMatchObject({ state: 'failed', failures: 1 })
    await store.close()
  })

  it("emits within the caller's own transaction", async () => {
    const recorder = await startRecorder()
    await (await emptyStore()).close()
    const store = postgresStore({ connectionString: postgres.connectionString })
    const emitter = createEmitter({
      store,
      webhooks: [webhookTo(recorder.url)],
      allowNetworks: ['127.0.0.0/8'],
    })
    await client.query('BEGIN')
    await emitter.emit(tourCompleted, { db: client })
    await client.query('ROLLBACK')
    await client.query('BEGIN')
    const [id] = await emitter.emit(tourCompleted, { db: client })
    await client.query('COMMIT')
    await vi.waitFor(async () => expect(await recorder.count()).toBe(1), { timeout: 5000 })
    expect((await recorder.take()).ids).toEqual({ [String(id)]: 1 })
    await emitter.close()
    recorder.close()
  })

  it('names the problem when a newer version has written the database', async () => {
    const store = await emptyStore()
    await client.query(`UPDATE tourhook.version SET version = 1000`)
    await store.close()
    const older = postgresStore({ connectionString: postgres.connectionString })
    await expect(older.webhooks()).rejects.toThrow('schema version 1000')
    await older.close()
    await client.query('UPDATE tourhook.version SET version = 1')
  })

  it('refuses a schema that is no plain name', () => {
    expect(() => postgresStore({ connectionString: '', schema: 'a"; DROP TABLE users' })).toThrow(TypeError)
  })
})
