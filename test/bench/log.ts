import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { type DeliveryFilter, postgresStore, type Store, sqliteStore } from '../../src/server/index.ts'
import { startPostgres } from '../server/support/postgres.ts'
import { seeded, seedPostgres, seedSqlite } from './seed.ts'
import { quantile, table } from './table.ts'

const rounds = 15
const limit = 51
const dayMs = 86_400_000

const { commonWebhook, rareWebhook, commonEvent, rareEvent, user, nobody } = seeded
const aDayAgo = () => Date.now() - 10 * dayMs

const filters: Record<string, DeliveryFilter> = {
  newest: {},
  'a webhook': { webhook: commonWebhook },
  'a rare webhook': { webhook: rareWebhook },
  failed: { state: 'failed' },
  'failed, of a rare webhook': { state: 'failed', webhook: rareWebhook },
  waiting: { state: 'pending' },
  'delivered, of a webhook': { state: 'delivered', webhook: commonWebhook },
  'an event': { event: commonEvent },
  'a rare event': { event: rareEvent },
  'an event that never came': { event: 'user_tag_added' },
  'an event, of a webhook': { event: commonEvent, webhook: commonWebhook },
  'a rare event, of a rare webhook': { event: rareEvent, webhook: rareWebhook },
  'a rare event that failed': { event: rareEvent, state: 'failed' },
  'a user': { userId: user },
  'a user without deliveries': { userId: nobody },
  'a user, of a webhook': { userId: user, webhook: commonWebhook },
  'a user that failed': { userId: user, state: 'failed' },
  'ten days ago': { until: aDayAgo() },
  'ten days ago, of a webhook': { until: aDayAgo(), webhook: commonWebhook },
  'ten days ago, an event': { until: aDayAgo(), event: commonEvent },
}

interface Measured {
  median: number
  most: number
  still: number
  note: string
}

async function time(rounds: number, work: () => Promise<string>): Promise<Measured> {
  const took: number[] = []
  let note = await work()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    note = await work()
    took.push(performance.now() - began)
  }
  delay.disable()
  return { median: quantile(took, 0.5), most: Math.max(...took), still: delay.max / 1e6, note }
}

/** The log with so many deliveries: how long each list takes, and how long the process stands still for it. */
export async function benchLog(count = 1_000_000): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tourhook-log-'))
  const postgres = await startPostgres({ flush: true })
  try {
    const path = join(folder, 'log.db')
    await seedSqlite(path, count)
    await seedPostgres(postgres.connectionString, count)
    const stores = {
      SQLite: sqliteStore(path),
      PostgreSQL: postgresStore({ connectionString: postgres.connectionString }),
    }
    const rows: (string | number)[][] = []
    for (const [name, filter] of Object.entries(filters)) {
      const cells: (string | number)[] = [name]
      for (const store of Object.values(stores)) {
        const { median, most, still, note } = await time(rounds, () => look(store, filter))
        cells.push(rounded(median), rounded(most), rounded(still), note)
      }
      rows.push(cells)
    }
    const day = Date.now() - dayMs
    const month = Date.now() - 30 * dayMs
    const charts = {
      'chart of 24 h': { since: day },
      'chart of 30 days': { since: month, webhook: commonWebhook },
    }
    for (const [name, since] of Object.entries(charts)) {
      const cells: (string | number)[] = [name]
      for (const store of Object.values(stores)) {
        const { median, most, still, note } = await time(
          rounds,
          async () => `${(await store.hours(since)).length}`,
        )
        cells.push(rounded(median), rounded(most), rounded(still), note)
      }
      rows.push(cells)
    }
    const long: Record<string, (store: Store) => Promise<number>> = {
      'what is due': async store => (await store.dueWebhooks(0)).length,
      'count of what waits': store => store.count({ state: 'pending' }),
      'replay of the failed of a webhook': store =>
        store.requeue({ webhook: commonWebhook, state: 'failed' }, Date.now() + dayMs),
      'cancel of them': store => store.cancel({ webhook: commonWebhook }),
      'forgetting a user': store => store.forget(user),
      'forgetting a third': store => store.prune({ before: Date.now() - 20 * dayMs, active: [] }),
    }
    for (const [name, work] of Object.entries(long)) {
      const cells: (string | number)[] = [name]
      for (const store of Object.values(stores)) {
        const { most, still, note } = await time(0, async () => {
          const delay = monitorEventLoopDelay({ resolution: 1 })
          delay.enable()
          const began = performance.now()
          const done = await work(store)
          const took = performance.now() - began
          delay.disable()
          return JSON.stringify({ done, took, still: delay.max / 1e6 })
        }).then(({ note }) => {
          const { done, took, still } = JSON.parse(note)
          return { most: took, still, note: `${done}` }
        })
        cells.push('', rounded(most), rounded(still), note)
      }
      rows.push(cells)
    }
    for (const store of Object.values(stores)) await store.close()
    const head = [
      '',
      ...Object.keys(stores).flatMap(name => [`${name}: median ms`, 'most', 'stood still', 'found']),
    ]
    return `${count.toLocaleString('en')} deliveries, ${limit} rows a list.\n\n${table(head, rows)}`
  } finally {
    await postgres.remove()
    rmSync(folder, { recursive: true })
  }
}

async function look(store: Store, filter: DeliveryFilter): Promise<string> {
  const { deliveries, searchedTo } = await store.list(filter, { limit })
  return searchedTo ? `${deliveries.length}, then looks further back` : `${deliveries.length}`
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '1000000' } } })
  console.log(await benchLog(Number(values.deliveries)))
}
