import { createServer } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { postgresStore } from '../../../src/server/stores/postgres/postgres.ts'
import { createReceiver } from '../../support/receiver.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { tourCompleted, webhookTo } from '../support/webhook.ts'

let postgres: TestPostgres
let proxy: TcpProxy
let through: string

beforeAll(async () => {
  postgres = await startPostgres()
  proxy = await startProxy(Number(new URL(postgres.connectionString).port))
  through = postgres.connectionString.replace(/:\d+\/postgres$/, `:${proxy.port}/postgres`)
}, 60_000)

afterAll(async () => {
  proxy.close()
  await postgres.remove()
})

function delivery(id: string) {
  const message = { id, timestamp: '', name: 'CRM', userId: null, events: [], data: {} }
  return { id, webhook: 'crm', message, createdAt: Date.now(), dueAt: Date.now() }
}

describe('a connection that is cut without a word', () => {
  it('has calls reject in time, and is replaced by the next ones', async () => {
    const store = postgresStore({ connectionString: through, schema: 'cut', timeoutMs: 400 })
    await Promise.all([store.add([delivery('msg_1')]), store.read('health'), store.read('health')])
    proxy.hang()
    const began = performance.now()
    const results = await Promise.allSettled([
      store.add([delivery('msg_2')]),
      store.read('health'),
      store.list({}, { limit: 1 }),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(results[1]).toMatchObject({ reason: { message: expect.stringContaining('did not answer in time') } })
    expect(performance.now() - began).toBeLessThan(4000)
    expect(await store.add([delivery('msg_3')])).toMatchObject({ queued: [{ id: 'msg_3' }] })
    await store.close()
  }, 20_000)

  it('does not keep a store from closing', async () => {
    const store = postgresStore({ connectionString: through, schema: 'cut', timeoutMs: 60_000 })
    await store.read('health')
    proxy.hang()
    const lost = Promise.allSettled([store.read('health'), store.add([delivery('msg_4')])])
    // What has been asked is on its way.
    for (let turn = 0; turn < 5; turn++) await nextTurn()
    const began = performance.now()
    await store.close()
    expect(performance.now() - began).toBeLessThan(6000)
    await lost
  }, 20_000)

  it('is no reason to send twice: with `once`, asking again after a lost answer is safe', async () => {
    const receiver = await createReceiver()
    const store = postgresStore({ connectionString: through, schema: 'lost', timeoutMs: 400 })
    const emitter = createEmitter({
      store,
      webhooks: [webhookTo(receiver.url())],
      allowNetworks: ['127.0.0.0/8'],
      timeoutMs: 1000,
    })
    emitter.on('error', () => {})
    onTestFinished(async () => {
      proxy.restore()
      await emitter.close()
      await receiver.close()
    })
    await emitter.emit(tourCompleted, { once: 'order 1' })
    await receiver.arrived(1)
    proxy.loseAnswers()
    const failure = await emitter.emit(tourCompleted, { once: 'order 2' }).catch((error: Error) => error)
    expect(failure).toBeInstanceOf(Error)
    proxy.restore()
    const ids = await emitter.emit(tourCompleted, { once: 'order 2' })
    expect(await emitter.emit(tourCompleted, { once: 'order 2' })).toEqual(ids)
    await vi.waitFor(async () => expect(await emitter.deliveries.count({ state: 'pending' })).toBe(0), {
      timeout: 15_000,
    })
    const arrived = receiver.requests.map(({ headers }) => headers['webhook-id'])
    expect(new Set(arrived).size).toBe(2)
    expect(arrived).toContain(ids[0])
  }, 40_000)
})

it("a throttled endpoint's fraction of a second stops nobody's deliveries", async () => {
  const receiver = await createReceiver()
  onTestFinished(() => receiver.close())
  receiver.script({
    path: '/busy',
    answers: Array(20).fill({ status: 429, headers: { 'retry-after': '292.052427053' } }),
  })
  const emitter = createEmitter({
    store: postgresStore({ connectionString: postgres.connectionString, schema: 'throttled' }),
    webhooks: [
      webhookTo(receiver.url('/busy'), { id: 'busy' }),
      webhookTo(receiver.url('/fine'), { id: 'fine' }),
    ],
    allowNetworks: ['127.0.0.0/8'],
  })
  const errors: Error[] = []
  emitter.on('error', error => errors.push(error))
  await Promise.all(Array.from({ length: 100 }, () => emitter.emit(tourCompleted)))
  await vi.waitFor(
    async () => expect(await emitter.deliveries.count({ webhook: 'fine', state: 'delivered' })).toBe(100),
    {
      timeout: 20_000,
    },
  )
  expect(errors).toEqual([])
  await emitter.close()
}, 40_000)

describe('a database that can not be reached', () => {
  const secret = 'pa55word'

  async function failureOf(connectionString: string): Promise<string> {
    const store = postgresStore({ connectionString, timeoutMs: 500 })
    const failure = await store.read('health').catch((error: Error) => error)
    await store.close()
    return failure instanceof Error ? failure.message : 'it worked'
  }

  it('is named with a remedy, and without its password', async () => {
    const { port } = new URL(postgres.connectionString)
    const silent = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => silent.once('listening', resolve))
    const address = silent.address()
    const silentPort = typeof address === 'object' && address ? address.port : 0
    onTestFinished(() => void silent.close())
    const failures = await Promise.all(
      [
        `postgres://ada:${secret}@localhost:1/shop`,
        `postgres://ada:${secret}@nowhere.invalid/shop`,
        `postgres://ada:${secret}@127.0.0.1:${silentPort}/shop`,
        `postgres://ada:${secret}@127.0.0.1:${port}/shop`,
        `postgres://postgres:postgres@127.0.0.1:${port}/shop`,
      ].map(failureOf),
    )
    expect(failures[0]).toMatch(
      /PostgreSQL at localhost:1: it refuses connections\. Start it, or correct the address/,
    )
    expect(failures[1]).toMatch(/PostgreSQL at nowhere\.invalid:5432: .*"nowhere\.invalid"/)
    expect(failures[2]).toMatch(/did not answer in time/)
    expect(failures[3]).toMatch(/does not let "ada" in/)
    expect(failures[4]).toMatch(/it has no database "shop"\. Create that first/)
    expect(failures.join()).not.toContain(secret)
  }, 20_000)
})

it('replays many without standing still, and without a heap of memory', async () => {
  const store = postgresStore({ connectionString: postgres.connectionString, schema: 'replay' })
  const count = 20_000
  for (let start = 0; start < count; start += 5000) {
    await store.add(Array.from({ length: 5000 }, (_, index) => delivery(`msg_${start + index}`)))
  }
  const before = process.memoryUsage().heapUsed
  let slices = 0
  const onProgress = () => {
    slices += 1
  }
  expect(await store.requeue({ webhook: 'crm' }, Date.now(), { onProgress })).toBe(count)
  expect(slices).toBeGreaterThanOrEqual(20)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6)
  await store.close()
}, 60_000)
