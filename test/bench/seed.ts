import { closeSync, fsyncSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { postgresStore, sqliteStore } from '../../src/server/index.ts'

/** How the seeded deliveries are spread: thirty days, half of them to one webhook, a few to another, some failed. */
const days = 30
const users = 100_000
const webhooks = 20
const sets = [
  ',tour_completed,',
  ',banner_seen,',
  ',checklist_item_completed,',
  ',script_tag_set,',
  ',script_tag_set,user_created,',
  ',auto_segment_changed,script_tag_set,',
]

/** What a filter asks for, of what was seeded. */
export const seeded = {
  commonWebhook: 'webhook-0',
  rareWebhook: 'webhook-rare',
  commonEvent: 'tour_completed',
  rareEvent: 'checklist_dismissed',
  /** With ten or so deliveries, and with none. */
  user: 'user_77',
  nobody: 'user_none',
} as const

/** The columns of one seeded delivery, by its number; `n` counts from the oldest. */
const columns = (random: (n: number, most: number) => string) => ({
  id: `'msg_' || printf('%08d', n)`,
  webhook: `CASE WHEN n % 10000 = 7 THEN 'webhook-rare' WHEN n % 2 = 0 THEN 'webhook-0' ELSE 'webhook-' || (${random(3, webhooks)}) END`,
  state: `CASE WHEN n % 1000 = 3 THEN 'pending' WHEN n % 20 = 5 THEN 'failed' ELSE 'delivered' END`,
  user_id: `'user_' || (${random(7, users)})`,
  events: `CASE WHEN n % 100000 = 9 THEN ',checklist_dismissed,' ELSE ${setAt(random(11, sets.length))} END`,
})

function setAt(index: string): string {
  return `CASE ${index} ${sets.map((set, at) => `WHEN ${at} THEN '${set}'`).join(' ')} END`
}

const attempt = `{"at":1764000000000,"durationMs":42,"status":200,"answer":"ok"}`

function insertSql(table: string, source: string, printf: boolean): string {
  const random = (salt: number, most: number) => `((n * ${7919 * salt + 1}) % 1000003) % ${most}`
  const { id, webhook, state, user_id, events } = columns(random)
  const key = printf ? id : id.replace(/printf\('%08d', n\)/, `lpad(n::text, 8, '0')`)
  const createdAt = `$from + n * $step`
  const message = `'{"id":"' || ${key} || '","timestamp":"2026-11-23T09:00:00.000Z","name":"CRM lead","userId":"' || ${user_id} || '","events":[{"name":"tour_completed","id":"welcome"}],"data":{"email":"ada.lovelace@example.com","role":"Developer","plan":"pro","company":"Analytical Engines"}}'`
  return `INSERT INTO ${table} (id, webhook, state, user_id, events, message, created_at, due_at, attempts)
    SELECT ${key}, ${webhook}, ${state}, ${user_id}, ${events}, ${message}, ${createdAt}, ${createdAt},
      CASE WHEN ${state} = 'pending' THEN '' ELSE '${attempt}' END FROM ${source}`
}

function span(count: number) {
  const step = Math.max(1, Math.floor((days * 86_400_000) / count))
  // What is pending is due in the future, so that nothing is sent while it is measured.
  return { from: Date.now() - count * step, step }
}

/** Fills an SQLite file with so many deliveries. */
export async function seedSqlite(path: string, count: number): Promise<void> {
  await sqliteStore(path).close()
  const db = new DatabaseSync(path)
  db.exec('PRAGMA synchronous = OFF')
  const { from, step } = span(count)
  const slice = 50_000
  for (let start = 0; start < count; start += slice) {
    const numbers = `(WITH RECURSIVE one (n) AS (SELECT ${start} UNION ALL SELECT n + 1 FROM one WHERE n < ${Math.min(start + slice, count) - 1}) SELECT n FROM one)`
    db.exec(
      insertSql('deliveries', numbers, true)
        .replaceAll('$from', String(from))
        .replaceAll('$step', String(step)),
    )
  }
  db.exec(`INSERT INTO hours SELECT created_at / 3600000 * 3600000, webhook,
      CASE state WHEN 'pending' THEN 'retried' ELSE state END, count(*), 42 * count(*) FROM deliveries GROUP BY 1, 2, 3`)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  // What the system still holds of it would be written by the first flush that is measured.
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** Fills a PostgreSQL with so many deliveries. */
export async function seedPostgres(connectionString: string, count: number): Promise<void> {
  const store = postgresStore({ connectionString })
  await store.webhooks()
  await store.close()
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { from, step } = span(count)
  const numbers = `generate_series(0::bigint, ${count - 1}) AS one (n)`
  await client.query('SET synchronous_commit = off')
  await client.query(
    insertSql('tourhook.deliveries', numbers, false)
      .replaceAll('$from', String(from))
      .replaceAll('$step', String(step)),
  )
  await client.query(`INSERT INTO tourhook.hours SELECT created_at / 3600000 * 3600000, webhook,
      CASE state WHEN 'pending' THEN 'retried' ELSE state END, count(*), 42 * count(*)
      FROM tourhook.deliveries GROUP BY 1, 2, 3`)
  await client.query('VACUUM ANALYZE tourhook.deliveries')
  await client.end()
}
