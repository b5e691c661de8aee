import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { createEmitter, type Emitter } from '../../src/server/emitter/emitter.ts'
import { postgresStore } from '../../src/server/stores/postgres/postgres.ts'
import { sqliteStore } from '../../src/server/stores/sqlite/sqlite.ts'
import type { Store } from '../../src/server/stores/store.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { startProxy } from './support/proxy.ts'
import { type Recorder, startRecorder } from './support/recorder.ts'
import { storeAt } from './support/store-at.ts'
import { tourCompleted, webhookTo } from './support/webhook.ts'

/** How often each fault is made: few times while one works, twenty in the whole check. */
const times = process.env.CI ? 20 : 2
/** As often, but for what takes a lease each time. */
const stops = process.env.CI ? 20 : 1
const leaseMs = 2000
const folder = mkdtempSync(join(tmpdir(), 'tourhook-crash-'))
let recorder: Recorder
let postgres: TestPostgres

beforeAll(async () => {
  ;[recorder, postgres] = await Promise.all([startRecorder(), startPostgres()])
}, 60_000)

afterAll(async () => {
  recorder.close()
  await postgres.remove()
  rmSync(folder, { recursive: true })
})

/** Starts a sender, and kills it in the middle of its work; returns the ids that it had acknowledged. */
async function sendUntilKilled(place: string, after: number): Promise<string[]> {
  const child = fork(join(import.meta.dirname, 'support/sender.ts'), [place, recorder.url])
  const acknowledged: string[] = []
  child.on('message', (ids: string[]) => {
    acknowledged.push(...ids)
    if (acknowledged.length >= after) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  return acknowledged
}

/** The address of a database that no other test has used. */
async function newDatabase(name: string): Promise<string> {
  const owner = new pg.Client({ connectionString: postgres.connectionString })
  await owner.connect()
  await owner.query(`CREATE DATABASE ${name}`)
  await owner.end()
  return postgres.connectionString.replace(/[^/]+$/, name)
}

function nothingWaits(emitter: Emitter): Promise<void> {
  return vi.waitFor(async () => expect(await emitter.deliveries.count({ state: 'pending' })).toBe(0), {
    timeout: 60_000,
    interval: 100,
  })
}

/** Waits until nothing is left to send, and shows what has arrived. */
async function everythingArrives(emitter: Emitter, acknowledged: readonly string[]) {
  await nothingWaits(emitter)
  const { ids } = await recorder.take()
  expect(acknowledged.filter(id => !(id in ids))).toEqual([])
  // Whatever arrived twice came under an id that the log knows: no repeat has an id of its own.
  expect(Object.keys(ids)).toHaveLength(await emitter.deliveries.count())
  await emitter.close()
}

function survivor(store: Store): Emitter {
  return createEmitter({
    store,
    timeoutMs: 1000,
    schedule: Array(10).fill(500),
    allowNetworks: ['127.0.0.0/8'],
    webhooks: [webhookTo(recorder.url)],
  })
}

it('loses nothing that was acknowledged when it is killed, on SQLite', async () => {
  const file = join(folder, 'crash.db')
  const acknowledged: string[] = []
  for (let kill = 0; kill < times; kill++) acknowledged.push(...(await sendUntilKilled(file, 5 + kill * 5)))
  await everythingArrives(survivor(sqliteStore(file, { leaseMs })), acknowledged)
}, 120_000)

it('loses nothing that was acknowledged when it is killed, on PostgreSQL', async () => {
  const { connectionString } = postgres
  const acknowledged: string[] = []
  for (let kill = 0; kill < times; kill++) {
    acknowledged.push(...(await sendUntilKilled(connectionString, 5 + kill * 5)))
  }
  await everythingArrives(survivor(postgresStore({ connectionString, leaseMs })), acknowledged)
}, 120_000)

// On SQLite who stands still in the middle of a transaction has the file's lock, and nobody can take over.
it('loses nothing that was acknowledged when a process stands still while another takes over', async () => {
  const place = await newDatabase('still')
  const other = survivor(storeAt(place))
  const child = fork(join(import.meta.dirname, 'support/sender.ts'), [place, recorder.url])
  onTestFinished(() => void child.kill('SIGKILL'))
  const acknowledged: string[] = []
  child.on('message', (ids: string[]) => acknowledged.push(...ids))
  for (let time = 0; time < stops; time++) {
    const enough = acknowledged.length + 50
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(enough), { timeout: 30_000 })
    child.kill('SIGSTOP')
    await nothingWaits(other)
    child.kill('SIGCONT')
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  await everythingArrives(other, acknowledged)
}, 240_000)

/** Emits with eight hands, and keeps what was acknowledged, while faults are made. */
async function emitThrough(
  emitter: Emitter,
  fault: (acknowledged: () => number) => Promise<void>,
): Promise<string[]> {
  // That the database is away is announced, and no reason to end.
  emitter.on('error', () => {})
  const acknowledged: string[] = []
  let isOver = false
  async function emitForEver() {
    while (!isOver) {
      await emitter.emit(tourCompleted).then(
        ids => acknowledged.push(...ids),
        () => {},
      )
    }
  }
  const emitting = Array.from({ length: 8 }, emitForEver)
  for (let time = 0; time < times; time++) {
    const enough = acknowledged.length + 50
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(enough), { timeout: 30_000 })
    await fault(() => acknowledged.length)
  }
  isOver = true
  await Promise.all(emitting)
  return acknowledged
}

it.each(['SIGKILL', 'SIGQUIT'] as const)(
  'loses nothing that was acknowledged when PostgreSQL gets %s',
  async signal => {
    const { connectionString } = postgres
    const emitter = survivor(postgresStore({ connectionString, leaseMs, schema: signal.toLowerCase() }))
    await everythingArrives(emitter, await emitThrough(emitter, () => postgres.crash(signal)))
  },
  240_000,
)

it('loses nothing that was acknowledged when connections are cut without a word', async () => {
  const { port } = new URL(postgres.connectionString)
  const proxy = await startProxy(Number(port))
  const connectionString = postgres.connectionString.replace(`:${port}/`, `:${proxy.port}/`)
  const emitter = survivor(postgresStore({ connectionString, leaseMs, schema: 'cut', timeoutMs: 300 }))
  const acknowledged = await emitThrough(emitter, async () => proxy.hang())
  await everythingArrives(emitter, acknowledged)
  proxy.close()
}, 600_000)

it('loses nothing that was acknowledged while another process locks the file', async () => {
  const file = join(folder, 'locked.db')
  const emitter = survivor(sqliteStore(file, { leaseMs, lockTimeoutMs: 50 }))
  const acknowledged = await emitThrough(emitter, async count => {
    const other = new DatabaseSync(file)
    other.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE')
    const before = count()
    const refused = await Promise.allSettled(Array.from({ length: 5 }, () => emitter.emit(tourCompleted)))
    expect(refused.every(({ status }) => status === 'rejected')).toBe(true)
    expect(count()).toBe(before)
    other.exec('COMMIT')
    other.close()
  })
  await everythingArrives(emitter, acknowledged)
}, 600_000)

it('sends what waits once an endpoint that was down is back, all of it and each once', async () => {
  const waiting = process.env.CI ? 10_000 : 1000
  const endpoint = createServer((_, response) => response.writeHead(503).end())
  endpoint.listen(0, '127.0.0.1')
  await once(endpoint, 'listening')
  const address = endpoint.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const arrived = new Map<string, number>()
  const emitter = createEmitter({
    store: sqliteStore(join(folder, 'back.db')),
    schedule: [0, 1000, 600_000],
    allowNetworks: ['127.0.0.0/8'],
    webhooks: [webhookTo(`http://127.0.0.1:${port}/hook`)],
  })
  const acknowledged: string[] = []
  for (let start = 0; start < waiting; start += 500) {
    const emitting = Array.from({ length: 500 }, () => emitter.emit(tourCompleted))
    acknowledged.push(...(await Promise.all(emitting)).flat())
  }
  endpoint.removeAllListeners('request').on('request', (request, response) => {
    const id = String(request.headers['webhook-id'])
    arrived.set(id, (arrived.get(id) ?? 0) + 1)
    response.writeHead(200).end()
  })
  await emitter.deliveries.replay({ webhook: 'crm', state: 'pending' })
  await vi.waitFor(async () => expect(await emitter.deliveries.count({ state: 'pending' })).toBe(0), {
    timeout: 60_000,
    interval: 100,
  })
  expect(acknowledged.map(id => [id, arrived.get(id)]).filter(([, count]) => count !== 1)).toEqual([])
  await emitter.close()
  endpoint.close()
}, 120_000)
