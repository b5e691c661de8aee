import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { sqliteStore } from '../../../src/server/stores/sqlite/sqlite.ts'
import { handWoundClock } from '../support/clock.ts'
import { describeConsoleStore } from './console-contract.ts'
import { describeStore } from './contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'tourhook-sqlite-'))
const clock = handWoundClock()
const newFile = () => join(folder, `${crypto.randomUUID()}.db`)

afterAll(() => rmSync(folder, { recursive: true }))

describeStore('sqliteStore', {
  create: async options => sqliteStore(newFile(), options),
  wind: async ms => clock.wind(ms),
  now: clock.now,
})

describeConsoleStore('sqliteStore', async () => sqliteStore(newFile()))

it('finds in the file what another has left there', async () => {
  const file = newFile()
  const first = sqliteStore(file)
  await first.changeWebhook('crm', record => ({ ...record, failingSince: 5 }))
  await first.close()
  const second = sqliteStore(file)
  expect(await second.webhooks()).toEqual([{ id: 'crm', failingSince: 5 }])
  await second.close()
})

it('refuses a file that a newer version has written', () => {
  const file = newFile()
  const db = new DatabaseSync(file)
  db.exec('PRAGMA user_version = 1000')
  db.close()
  expect(() => sqliteStore(file)).toThrow(
    /^.*The database has schema version 1000; this Tourhook knows up to \d+$/,
  )
})

it('names the file that can not be opened, or is no database', () => {
  const nowhere = join(folder, 'nowhere', 'tourhook.db')
  expect(() => sqliteStore(nowhere)).toThrow(
    `${nowhere}: it can not be opened; look whether its folder is there and may be written to`,
  )
  const text = newFile()
  writeFileSync(text, 'This is a text, and no database at all. '.repeat(100))
  expect(() => sqliteStore(text)).toThrow(`${text}: it is no SQLite database`)
})

it('flushes to the disk before it acknowledges', async () => {
  const file = newFile()
  const store = sqliteStore(file)
  const db = new DatabaseSync(file)
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  db.close()
  await store.close()
})

it('lets others have their turn while it forgets a lot', async () => {
  const store = sqliteStore(newFile())
  const createdAt = clock.now()
  const message = { timestamp: '', name: 'CRM', userId: null, events: [], data: {} }
  const ids = Array.from({ length: 3000 }, (_, index) => `msg_${index}`)
  const old = ids.map(id => ({ id, webhook: 'crm', message: { id, ...message }, createdAt, dueAt: createdAt }))
  await store.add(old)
  const pruned = store.prune({ before: createdAt + 1, active: [] })
  await store.changeWebhook('crm', record => record)
  expect(await store.count({})).toBeGreaterThan(0)
  await pruned
  expect(await store.count({})).toBe(0)
  await store.close()
})

it('ends in the midst of forgetting when it is closed', async () => {
  const store = sqliteStore(newFile())
  const change = () => ({ deliveries: [] })
  const once = Array.from({ length: 3000 }, (_, index) => `msg_${index}`)
  await Promise.all(once.map(once => store.apply({ once, key: 'k', at: 0, change })))
  const pruned = store.prune({ before: 1, active: [] })
  await store.close()
  await expect(pruned).resolves.toBe(0)
})

it('refuses to join a transaction, which it has not', async () => {
  const store = sqliteStore(newFile())
  await expect(store.add([], { db: { query: async () => ({ rows: [] }) } })).rejects.toThrow(
    'only postgresStore has',
  )
  await store.close()
})

it('finds what is due to a thousand webhooks without reading all that waits for each of them', async () => {
  const store = sqliteStore(newFile())
  const deliveries = Array.from({ length: 3000 }, (_, index) => ({
    id: `msg_${index}`,
    webhook: `webhook_${index % 1000}`,
    message: { id: `msg_${index}`, timestamp: '', name: '', userId: null, events: [], data: {} },
    createdAt: clock.now(),
    dueAt: clock.now(),
  }))
  await store.add(deliveries)
  const startedAt = process.cpuUsage()
  expect(await store.dueWebhooks(clock.now())).toHaveLength(1000)
  // A second, by the wrong index.
  expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(200)
  await store.close()
})
