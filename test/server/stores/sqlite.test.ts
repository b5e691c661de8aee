import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { sqliteStore } from '../../../src/server/stores/sqlite.ts'
import { handWoundClock } from '../support/clock.ts'
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
  expect(() => sqliteStore(file)).toThrow('The database has schema version 1000; this Tourhook knows up to 1')
})

it('flushes to the disk before it acknowledges', async () => {
  const file = newFile()
  const store = sqliteStore(file)
  const db = new DatabaseSync(file)
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  db.close()
  await store.close()
})

it('refuses to join a transaction, which it has not', async () => {
  const store = sqliteStore(newFile())
  await expect(store.add([], { db: { query: async () => ({ rows: [] }) } })).rejects.toThrow(
    'only postgresStore has',
  )
  await store.close()
})
