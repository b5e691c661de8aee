import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pauseFor } from 'node:timers/promises'
import {
  createEmitter,
  type Emitter,
  postgresStore,
  type Store,
  sqliteStore,
} from '../../../src/server/index.ts'
import { startPostgres } from '../../server/support/postgres.ts'
import { table } from '../table.ts'

const emits = 3000
const idleMs = 20_000

/** What webhooks cost that have nothing to do, and what those cost that are many. */
export async function benchManyWebhooks(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tourhook-many-'))
  const postgres = await startPostgres({ flush: true })
  const endpoint = await startEndpoint()
  const stores: Record<string, (name: string) => Store> = {
    SQLite: name => sqliteStore(join(folder, `${name}.db`)),
    PostgreSQL: name => postgresStore({ connectionString: postgres.connectionString, schema: name }),
  }
  const rows: (string | number)[][] = []
  for (const [name, open] of Object.entries(stores)) {
    const few = await timeOfEmits(() => open('few'), endpoint, 10)
    const many = await timeOfEmits(() => open('many'), endpoint, 1000)
    const idle = await idleCost(() => open('idle'), endpoint, 10_000)
    rows.push([name, few.toFixed(2), many.toFixed(2), ...idle])
  }
  endpoint.close()
  await postgres.remove()
  await rm(folder, { recursive: true })
  return table(
    ['store', '10 webhooks, s', '1,000 webhooks, s', 'start with 10,000, ms', 'idle with 10,000, % of a core'],
    rows,
  )
}

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>

/** Answers 200, or while it is busy 503, to be asked again in an hour. */
async function startEndpoint() {
  let isBusy = false
  let count = 0
  const server = createServer((request, response) => {
    count += 1
    request.resume().once('end', () => {
      if (isBusy) response.writeHead(503, { 'retry-after': '3600' })
      response.end()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    be: (busy: boolean) => {
      isBusy = busy
    },
    /** Resolves when so many requests have come since the last call. */
    async has(expected: number) {
      while (count < expected) await pauseFor(5)
      count = 0
    },
    close: () => server.close(),
  }
}

/** Each webhook hears of a tour of its own. */
function emitterWith(store: Store, { url }: Endpoint, count: number): Emitter {
  return createEmitter({
    store,
    webhooks: Array.from({ length: count }, (_, index) => ({
      id: `hook${index}`,
      url,
      events: ['tour_completed' as const],
      contents: [`tour${index}`],
    })),
    allowNetworks: ['127.0.0.0/8'],
  })
}

/** Seconds from the first emit to the last request. */
async function timeOfEmits(open: () => Store, endpoint: Endpoint, webhooks: number): Promise<number> {
  endpoint.be(false)
  const emitter = emitterWith(open(), endpoint, webhooks)
  await emitter.webhooks.list()
  const began = performance.now()
  await emitAll(emitter, emits, webhooks)
  await endpoint.has(emits)
  const took = performance.now() - began
  await emitter.close()
  return took / 1000
}

/** Milliseconds until the first answer of a process that finds them waiting, and percent of a core while they wait. */
async function idleCost(open: () => Store, endpoint: Endpoint, webhooks: number): Promise<string[]> {
  endpoint.be(true)
  const first = emitterWith(open(), endpoint, webhooks)
  await emitAll(first, webhooks, webhooks)
  await endpoint.has(webhooks)
  await first.close()

  const began = performance.now()
  const second = emitterWith(open(), endpoint, webhooks)
  await second.webhooks.list()
  const start = performance.now() - began
  await pauseFor(2000)
  const before = process.cpuUsage()
  await pauseFor(idleMs)
  const { user, system } = process.cpuUsage(before)
  await second.close()
  return [start.toFixed(0), ((user + system) / 10 / idleMs).toFixed(2)]
}

async function emitAll(emitter: Emitter, count: number, webhooks: number): Promise<void> {
  let next = 0
  async function emitOn(): Promise<void> {
    while (next < count) {
      const index = next++
      await emitter.emit({ name: 'tour_completed', userId: 'user_123', id: `tour${index % webhooks}` })
    }
  }
  await Promise.all(Array.from({ length: 8 }, emitOn))
}
