import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  createCompanion,
  createEmitter,
  postgresStore,
  type Store,
  sqliteStore,
} from '../../src/server/index.ts'
import { startPostgres } from '../server/support/postgres.ts'
import { adminToken } from '../support/companion.ts'
import { seeded, seedPostgres, seedSqlite } from './seed.ts'
import { quantile, table } from './table.ts'

const rounds = 15
const site = 'http://companion.test'
const hourMs = 3_600_000

const { commonWebhook, rareWebhook, rareEvent, user } = seeded
const anHour = `since=${Math.floor(Date.now() / hourMs - 30) * hourMs}&until=${Math.floor(Date.now() / hourMs - 29) * hourMs}`

/** Every page that looks at the log, and some that don't. */
const pages = [
  'overview',
  'overview?span=7d',
  'deliveries',
  `deliveries?webhook=${commonWebhook}`,
  `deliveries?webhook=${rareWebhook}&state=failed`,
  'deliveries?state=failed',
  'deliveries?state=pending',
  `deliveries?event=${rareEvent}`,
  `deliveries?${anHour}`,
  `deliveries?userId=${user}`,
  'deliveries/rows',
  `users?id=${user}`,
  'webhooks',
  `webhooks/${commonWebhook}`,
  'tours',
  'publish',
  'settings',
  'settings/audit',
]

/** A console on a log with so many deliveries: how long each page takes, and what it weighs. */
export async function benchConsole(count = 1_000_000): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tourhook-console-'))
  const postgres = await startPostgres({ flush: true })
  try {
    const path = join(folder, 'log.db')
    await seedSqlite(path, count)
    await seedPostgres(postgres.connectionString, count)
    const measured = [
      await measure(sqliteStore(path)),
      await measure(postgresStore({ connectionString: postgres.connectionString })),
    ]
    const rows = pages.map((page, index) => [
      page.replaceAll(/\d{13}/g, '…'),
      ...measured.flatMap(results => {
        const { median = 0, most = 0 } = results[index] ?? {}
        return [rounded(median), rounded(most)]
      }),
      rounded((measured[0]?.[index]?.bytes ?? 0) / 1000),
    ])
    const head = ['page', 'SQLite: median ms', 'most', 'PostgreSQL: median ms', 'most', 'kB']
    return `${count.toLocaleString('en')} deliveries, ${rounds} rounds.\n\n${table(head, rows)}`
  } finally {
    await postgres.remove()
    rmSync(folder, { recursive: true })
  }
}

async function measure(store: Store) {
  const webhooks = Array.from({ length: 20 }, (_, index) => ({
    id: index === 19 ? rareWebhook : `webhook-${index}`,
    url: 'https://192.0.2.1/hook',
  }))
  const emitter = createEmitter({ webhooks, store })
  // Nothing is sent while it is measured.
  for (const { id } of webhooks) await emitter.webhooks.disable(id)
  const { fetch } = createCompanion({ emitter, config: { webhooks }, adminToken, allowedOrigins: [] })
  const signedIn = await fetch(
    new Request(`${site}/console/sign-in`, {
      method: 'POST',
      headers: { origin: site },
      body: new URLSearchParams({ token: adminToken }),
    }),
  )
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const results: { median: number; most: number; bytes: number }[] = []
  for (const page of pages) {
    const took: number[] = []
    let bytes = 0
    for (let round = 0; round <= rounds; round += 1) {
      const began = performance.now()
      const response = await fetch(new Request(`${site}/console/${page}`, { headers: { cookie } }))
      const text = await response.text()
      if (response.status !== 200) throw new Error(`${page}: ${response.status}`)
      if (round > 0) took.push(performance.now() - began)
      bytes = Buffer.byteLength(text)
    }
    results.push({ median: quantile(took, 0.5), most: Math.max(...took), bytes })
  }
  await emitter.close()
  return results
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '1000000' } } })
  console.log(await benchConsole(Number(values.deliveries)))
}
