import type { PoolClient } from 'pg'
import { batched } from '../batch.ts'
import type { Claimed, NewDelivery, Settlement, Store, StoreOptions, WebhookRecord } from '../store.ts'
import { createConnection, prepared } from './connection.ts'
import { postgresConsole } from './console.ts'
import { createDeliverySteps } from './deliveries.ts'
import type { Held } from './queue.ts'
import { deliveryOf, numberedConditionsOf, payloadOf, type Row, storable } from './rows.ts'

export interface PostgresStoreOptions extends StoreOptions {
  /** Such as `postgres://user:password@host/database`. */
  connectionString: string
  /** Where our tables are; pg-boss's are in the same name with `_queue`. @default 'tourhook' */
  schema?: string
  /** The most connections at once. @default 10 */
  connections?: number
  /** For tests: milliseconds since 1970. @default Date.now */
  now?: () => number
}

/**
 * Keeps everything in PostgreSQL, for several companions that share the work.
 *
 * pg-boss queues the deliveries' ids; messages and their log are ours, in the same database and the same
 * transactions. Time is the database's. Needs the packages `pg` and `pg-boss`.
 *
 * @throws {TypeError} when the schema isn't a plain lower-case name.
 */
export function postgresStore({
  connectionString,
  schema = 'tourhook',
  connections = 10,
  leaseMs = 60_000,
  now = Date.now,
}: PostgresStoreOptions): Store {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    throw new TypeError(`schema: expected lower-case letters, digits and _, got "${schema}"`)
  }
  const table = `${schema}.deliveries`
  const connection = createConnection({ connectionString, schema, connections, leaseMs })
  const { query, transact } = connection
  const steps = createDeliverySteps(table, now)

  const add = batched<NewDelivery>(deliveries =>
    transact((client, queue) => steps.insert(deliveries, prepared(client), queue)),
  )
  const settle = batched<Settlement>(
    settlements => transact((client, queue) => steps.settle(settlements, client, queue), { flush: false }),
    { patienceMs: 4 },
  )

  const lent = async (held: readonly Held[], leaseUntil: number): Promise<Claimed[]> => {
    if (held.length === 0) return []
    const { rows } = await query(
      `SELECT id, message, content, created_at, failures FROM ${table} WHERE id = ANY ($1) AND state = 'pending'`,
      [held.map(({ id }) => id)],
    )
    const found = new Map(rows.map((row: Row) => [row.id, row]))
    // Of a webhook that was removed, or forgotten by age.
    const orphans = held.filter(({ id }) => !found.has(id))
    if (orphans.length > 0) await transact((client, queue) => queue.end(orphans, client))
    return held.flatMap(({ id, webhook, lease }) => {
      const row = found.get(id)
      if (!row) return []
      const { created_at, failures } = row
      return { ...payloadOf(row), id, webhook, createdAt: Number(created_at), failures, lease, leaseUntil }
    })
  }

  return {
    leaseMs,
    async add(deliveries, { db } = {}) {
      if (deliveries.length === 0) return
      if (!db) return add(deliveries)
      await steps.insert(deliveries, db, await connection.queue())
    },
    // What is lost of claims and settlements when the database's machine dies is that something was sent: it
    // is sent again, under its id. So these two don't wait for the disk.
    async claim(lanes, present) {
      const queue = await connection.queue()
      const all = lanes.map(({ webhook }) => webhook)
      const due = new Set(all.length > 1 ? await queue.due(all) : all)
      const wanted = lanes.filter(({ webhook }) => due.has(webhook))
      const held = await Promise.all(wanted.map(({ webhook, limit }) => queue.take(webhook, limit)))
      return lent(held.flat(), present + leaseMs)
    },
    async settle(settlements) {
      if (settlements.length > 0) await settle(settlements)
    },

    async list(filter, { limit, before }) {
      const { where, values } = numberedConditionsOf(filter, before)
      const { rows } = await query(
        `SELECT * FROM ${table} ${where} ORDER BY created_at DESC, id DESC LIMIT ${Number(limit)}`,
        values,
      )
      return rows.map(deliveryOf)
    },
    async get(id) {
      const { rows } = await query(`SELECT * FROM ${table} WHERE id = $1`, [storable(id)])
      return rows.map(deliveryOf)[0]
    },
    async count(filter) {
      const { where, values } = numberedConditionsOf(filter)
      return Number((await query(`SELECT count(*) AS n FROM ${table} ${where}`, values)).rows[0].n)
    },
    requeue: (target, dueAt) => transact((client, queue) => steps.requeue(target, dueAt, client, queue)),
    async prune(before, active) {
      await query(`DELETE FROM ${schema}.applied WHERE at < $1`, [before])
      const { rowCount } = await query(
        `DELETE FROM ${table} WHERE created_at < $1 AND (state <> 'pending' OR webhook <> ALL ($2))`,
        [before, active],
      )
      return rowCount ?? 0
    },

    async webhooks() {
      const { rows } = await query(`SELECT record FROM ${schema}.webhooks`)
      return rows.map(({ record }): WebhookRecord => record)
    },
    changeWebhook: (id, change) =>
      transact(async client => {
        await lock(client, `webhook:${id}`)
        const { rows } = await client.query(`SELECT record FROM ${schema}.webhooks WHERE id = $1`, [id])
        const record = change(rows[0]?.record ?? { id })
        await client.query(
          `INSERT INTO ${schema}.webhooks (id, record) VALUES ($1, $2)
          ON CONFLICT (id) DO UPDATE SET record = excluded.record`,
          [id, JSON.stringify(record)],
        )
        return record
      }),
    removeWebhook: id =>
      transact(async (client, queue) => {
        await client.query(`DELETE FROM ${schema}.webhooks WHERE id = $1`, [id])
        await steps.fail(id, client, queue)
      }),

    async read(key) {
      return (await query(`SELECT value FROM ${schema}.state WHERE key = $1`, [storable(key)])).rows[0]?.value
    },
    apply: ({ once, key, at, change }) =>
      transact(async (client, queue) => {
        await lock(client, storable(key))
        const { rowCount } = await client.query(
          `INSERT INTO ${schema}.applied (once, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
          [storable(once), at],
        )
        if (rowCount === 0) return false
        const { rows } = await client.query(`SELECT value FROM ${schema}.state WHERE key = $1`, [storable(key)])
        const { value, deliveries } = change(rows[0]?.value)
        if (value !== undefined) {
          await client.query(
            `INSERT INTO ${schema}.state (key, value) VALUES ($1, $2)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
            [storable(key), JSON.stringify(value)],
          )
        }
        await steps.insert(deliveries, client, queue)
        return true
      }),

    console: postgresConsole(connection, schema),

    close: connection.close,
  }

  /** Until the transaction ends, nobody else changes what has this name. */
  async function lock(client: PoolClient, name: string) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${schema}:${name}`])
  }
}
