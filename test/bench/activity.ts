import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventNameSchema } from '../../src/schema/event.ts'
import { createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter } from '../../src/server/emitter/emitter.ts'
import { sqliteStore } from '../../src/server/stores/sqlite/sqlite.ts'
import { quantile, table } from './table.ts'

const rounds = 200
const rate = { perSecond: 1e9, burst: 1e9 }

const named = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'v']))

/** What a page sends, and the costliest that a companion takes. */
const activities: Record<string, () => object> = {
  'nothing new': () => ({}),
  'a tour, 20 tags': () => ({ tags: named('t', 20), events: [{ name: 'tour_completed', id: 'welcome' }] }),
  '400 tags, 100 events': () => ({
    tags: named('t', 200),
    managedTags: named('m', 200),
    events: Array.from({ length: 100 }, (_, index) => ({ name: 'banner_seen', id: `b${index}` })),
  }),
  '2,900 tags, of which 200 count': () => ({ tags: named('t', 2_900) }),
  '2,900 answers': () => ({
    events: [{ name: 'tour_completed', id: 'welcome', answers: named('a', 2_900) }],
  }),
}

/** What an activity costs the companion on SQLite, with a webhook for all of its events: CPU time of the process. */
export async function benchActivity(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tourhook-bench-'))
  const webhooks = [{ id: 'all', url: 'https://192.0.2.1/', events: [...eventNameSchema.options] }]
  const emitter = createEmitter({ webhooks, store: sqliteStore(join(folder, 'bench.db')) })
  await emitter.webhooks.disable('all')
  const companion = createCompanion({
    emitter,
    config: { webhooks },
    allowedOrigins: ['*'],
    rateLimit: { client: rate, site: rate },
  })
  let count = 0
  const rows = []
  for (const [name, changes] of Object.entries(activities)) {
    const times: number[] = []
    let bytes = 0
    for (let round = 0; round < rounds; round += 1) {
      count += 1
      const id = `msg_${String(count).padStart(20, '0')}`
      const body = JSON.stringify({
        id,
        timestamp: new Date().toISOString(),
        userId: id,
        events: [],
        ...changes(),
      })
      bytes = body.length
      const before = process.cpuUsage()
      const { status } = await companion.fetch(
        new Request('http://companion/v1/events', {
          method: 'POST',
          headers: { origin: 'https://www.example.com', 'content-type': 'application/json' },
          body,
        }),
      )
      const { user, system } = process.cpuUsage(before)
      if (status !== 202) throw new Error(`${name}: ${status}`)
      times.push((user + system) / 1000)
    }
    rows.push([name, bytes, quantile(times, 0.5).toFixed(1), quantile(times, 0.05).toFixed(1)])
  }
  await emitter.close()
  rmSync(folder, { recursive: true })
  return table(['an activity', 'bytes', 'CPU ms, median', 'least (5 %)'], rows)
}
