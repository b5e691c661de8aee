import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createEmitter } from '../../../../src/server/emitter/emitter.ts'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { startRecorder } from '../../support/recorder.ts'
import { storeAt } from '../../support/store-at.ts'
import { webhookTo } from '../../support/webhook.ts'

/** What a killed process may do twice: its last slice, and what was in flight. */
const slice = 200
const inFlight = 100
const total = process.env.CI ? 10_000 : 1000
const folder = mkdtempSync(join(tmpdir(), 'tourhook-bulk-'))
let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres.remove()
  rmSync(folder, { recursive: true })
})

/** A log whose deliveries have all arrived. */
async function fill(place: string) {
  const store = storeAt(place)
  const now = Date.now()
  const message = { timestamp: '', name: '', userId: null, events: [], data: {} }
  for (let start = 0; start < total; start += 1000) {
    await store.add(
      Array.from({ length: 1000 }, (_, index) => {
        const id = `msg_${start + index}`
        return {
          id,
          webhook: 'crm',
          message: { id, ...message },
          createdAt: now - total + start + index,
          dueAt: now,
        }
      }),
    )
  }
  // A database with a clock of its own has them due by that.
  for (let delivered = 0; delivered < total; ) {
    const claimed = await store.claim([{ webhook: 'crm', limit: 1000 }], now)
    await store.settle(claimed.map(({ id, webhook, lease }) => ({ id, webhook, lease, state: 'delivered' })))
    delivered += claimed.length
  }
  expect(await store.count({ state: 'delivered' })).toBe(total)
  await store.close()
}

it.each([
  ['SQLite', () => join(folder, 'killed.db')],
  ['PostgreSQL', () => postgres.connectionString],
])(
  'goes on where it was when its process is killed, on %s: every delivery sent again, none twice but of one slice',
  async (_, placeOf) => {
    const place = placeOf()
    await fill(place)
    const recorder = await startRecorder()
    const child = fork(join(import.meta.dirname, '../../support/bulk-starter.ts'), [
      place,
      recorder.url,
      String(total),
    ])
    child.on('message', done => {
      if (Number(done) >= total / 4) child.kill('SIGKILL')
    })
    await once(child, 'exit')

    const emitter = createEmitter({
      store: storeAt(place),
      webhooks: [webhookTo(recorder.url)],
      timeoutMs: 1000,
      allowNetworks: ['127.0.0.0/8'],
    })
    const [left] = await emitter.jobs.list()
    expect(left).toMatchObject({ state: 'running' })
    expect(left?.done).toBeLessThan(total)
    let turns = 0
    await vi.waitFor(
      async () => {
        await nextTurn()
        turns += 1
        expect(await emitter.jobs.list()).toMatchObject([{ state: 'done', done: total }])
      },
      { timeout: 60_000, interval: 1 },
    )
    // Others have had their turn between the slices.
    expect(turns).toBeGreaterThan((total - (left?.done ?? 0)) / slice)
    await vi.waitFor(async () => expect(await emitter.deliveries.count({ state: 'pending' })).toBe(0), {
      timeout: 60_000,
      interval: 100,
    })
    const { ids } = await recorder.take()
    expect(Object.keys(ids)).toHaveLength(total)
    const twice = Object.values(ids).reduce((sum, times) => sum + times - 1, 0)
    expect(twice).toBeLessThanOrEqual(slice + inFlight)
    expect(await emitter.console.audit({ limit: 5 })).toMatchObject([{ by: 'Ada', details: `${total}` }])
    await emitter.close()
    recorder.close()
  },
  120_000,
)
