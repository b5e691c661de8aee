import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createEmitter, type Emitter } from '../../src/server/emitter/emitter.ts'
import { postgresStore } from '../../src/server/stores/postgres/postgres.ts'
import { sqliteStore } from '../../src/server/stores/sqlite/sqlite.ts'
import type { Store } from '../../src/server/stores/store.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { type Recorder, startRecorder } from './support/recorder.ts'
import { tourCompleted, webhookTo } from './support/webhook.ts'

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

/** Waits until nothing is left to send, and shows what has arrived. */
async function everythingArrives(emitter: Emitter, acknowledged: readonly string[]) {
  await vi.waitFor(async () => expect(await emitter.deliveries.count({ state: 'pending' })).toBe(0), {
    timeout: 60_000,
    interval: 100,
  })
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

it('loses nothing that was acknowledged when it is killed twenty times, on SQLite', async () => {
  const file = join(folder, 'crash.db')
  const acknowledged: string[] = []
  for (let kill = 0; kill < 20; kill++) acknowledged.push(...(await sendUntilKilled(file, 5 + kill * 5)))
  await everythingArrives(survivor(sqliteStore(file, { leaseMs })), acknowledged)
}, 120_000)

it('loses nothing that was acknowledged when it is killed ten times, on PostgreSQL', async () => {
  const { connectionString } = postgres
  const acknowledged: string[] = []
  for (let kill = 0; kill < 10; kill++) {
    acknowledged.push(...(await sendUntilKilled(connectionString, 5 + kill * 5)))
  }
  await everythingArrives(survivor(postgresStore({ connectionString, leaseMs })), acknowledged)
}, 120_000)

it('loses nothing that was acknowledged when PostgreSQL is killed five times', async () => {
  const { connectionString } = postgres
  const emitter = survivor(postgresStore({ connectionString, leaseMs, schema: 'killed' }))
  // That the database is away is announced, and no reason to end.
  emitter.on('error', () => {})
  const acknowledged: string[] = []
  let isOver = false
  const emitForEver = async () => {
    while (!isOver) {
      await emitter.emit(tourCompleted).then(
        ids => acknowledged.push(...ids),
        () => {},
      )
    }
  }
  const emitting = Array.from({ length: 8 }, emitForEver)
  for (let kill = 0; kill < 5; kill++) {
    const enough = acknowledged.length + 50
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(enough), { timeout: 20_000 })
    await postgres.crash()
  }
  isOver = true
  await Promise.all(emitting)
  await everythingArrives(emitter, acknowledged)
}, 120_000)
