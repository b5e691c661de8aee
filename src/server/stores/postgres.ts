import type { Pool, PoolClient } from 'pg'
import { batched } from './batch.ts'
import { conditionsOf } from './conditions.ts'
import { createQueue, type Held, type Queue } from './postgres-queue.ts'
import { migrate } from './postgres-schema.ts'
import type {
  Claimed,
  Delivery,
  Lane,
  NewDelivery,
  Settlement,
  Store,
  StoreOptions,
  Transaction,
  WebhookRecord,
} from './store.ts'

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
  const tables = `${schema}.deliveries`

  let opened: Promise<{ pool: Pool; queue: Queue }> | undefined
  const open = () => {
    opened ??= connect().catch(error => {
      // The database may only be starting; the next call tries again.
      opened = undefined
      throw error
    })
    return opened
  }
  const connect = async () => {
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({ connectionString, max: connections })
    // A connection that breaks is replaced; what was asked of it rejects to whom it concerns.
    pool.on('error', () => {})
    pool.on('connect', client => client.on('error', () => {}))
    try {
      await migrate(pool, schema)
      const queue = await createQueue({ pool, schema: `${schema}_queue`, leaseMs })
      await queue.start()
      return { pool, queue }
    } catch (error) {
      await pool.end()
      throw error
    }
  }
  const query = async (text: string, values: readonly unknown[] = []) => {
    const { pool } = await open()
    return pool.query(text, [...values])
  }
  const transact = async <T>(
    work: (client: PoolClient, queue: Queue) => Promise<T>,
    { flush = true } = {},
  ): Promise<T> => {
    const { pool, queue } = await open()
    const client = await pool.connect()
    try {
      await client.query(flush ? 'BEGIN' : 'BEGIN; SET LOCAL synchronous_commit = off')
      const result = await work(client, queue)
      await client.query('COMMIT')
      client.release()
      return result
    } catch (error) {
      // A connection that can't roll back is not given to anyone else.
      await client.query('ROLLBACK').then(
        () => client.release(),
        () => client.release(true),
      )
      throw error
    }
  }

  const insert = async (deliveries: readonly NewDelivery[], db: Transaction, queue: Queue) => {
    if (deliveries.length === 0) return
    const rows = deliveries.map(({ message, ...delivery }) => ({
      ...delivery,
      message,
      userId: message.userId,
      events: `,${message.events.map(({ name }) => name).join()},`,
    }))
    const inserted = await db.query(
      `INSERT INTO ${tables} (id, webhook, user_id, events, message, content, created_at, due_at)
      SELECT id, webhook, "userId", events, message, content, "createdAt", "dueAt"
      FROM json_to_recordset($1) AS row (id text, webhook text, "userId" text, events text, message json,
        content json, "createdAt" bigint, "dueAt" bigint)
      ON CONFLICT DO NOTHING RETURNING id`,
      [JSON.stringify(rows)],
    )
    const ids = new Set(inserted.rows.map(row => (row as { id: string }).id))
    const turns = deliveries
      // Of an id that is given twice, the first.
      .filter(({ id }) => ids.delete(id))
      .map(({ id, webhook, createdAt, dueAt }) => ({ id, webhook, delayMs: dueAt - createdAt }))
    await queue.add(turns, db)
  }
  const add = batched<NewDelivery>(deliveries => transact((client, queue) => insert(deliveries, client, queue)))

  const settle = async (settlements: readonly Settlement[], client: PoolClient, queue: Queue) => {
    const ours = await queue.end(settlements, client)
    const rows = settlements.map(({ id, state, dueAt, attempt }) => {
      const counts = ours.has(id) || state === 'delivered'
      const failed = counts && attempt && state !== 'delivered' ? 1 : 0
      return { id, failed, attempts: attempt ? [attempt] : [], ...(counts ? { state, dueAt } : {}) }
    })
    await client.query(
      `UPDATE ${tables} AS delivery SET state = coalesce(row.state, delivery.state),
          due_at = coalesce(row."dueAt", delivery.due_at), failures = failures + row.failed,
          attempts = delivery.attempts || row.attempts
        FROM json_to_recordset($1) AS row (id text, state text, "dueAt" bigint, failed integer, attempts jsonb)
        WHERE delivery.id = row.id`,
      [JSON.stringify(rows)],
    )
    const present = now()
    const again = settlements.flatMap(({ id, webhook, state, dueAt = present }) =>
      ours.has(id) && state === 'pending' ? { id, webhook, delayMs: dueAt - present } : [],
    )
    await queue.add(again, client)
    const late = settlements.filter(({ id, state }) => state === 'delivered' && !ours.has(id))
    for (const turn of late) await queue.cancel(turn, client)
  }
  const claim = async (lanes: readonly Lane[], present: number, client: PoolClient, queue: Queue) => {
    const leaseUntil = present + leaseMs
    const held: Held[] = []
    for (const { webhook, limit } of lanes) held.push(...(await queue.take(webhook, limit, client)))
    const { rows } = await client.query<Row>(
      `SELECT id, message, content, created_at, failures FROM ${tables} WHERE id = ANY ($1) AND state = 'pending'`,
      [held.map(({ id }) => id)],
    )
    const found = new Map(rows.map(row => [row.id, row]))
    // Of a webhook that was removed, or forgotten by age.
    const orphans = held.filter(({ id }) => !found.has(id))
    if (orphans.length > 0) await queue.end(orphans, client)
    return held.flatMap(({ id, webhook, lease }): Claimed[] => {
      const row = found.get(id)
      if (!row) return []
      const { created_at, failures } = row
      return [{ ...parcelOf(row), id, webhook, createdAt: Number(created_at), failures, lease, leaseUntil }]
    })
  }
  const settleSoon = batched<Settlement>(
    settlements => transact((client, queue) => settle(settlements, client, queue), { flush: false }),
    { patienceMs: 4 },
  )

  return {
    async add(deliveries, { db } = {}) {
      if (deliveries.length === 0) return
      if (!db) return add(deliveries)
      await insert(deliveries, db, (await open()).queue)
    },
    // What is lost of claims and settlements when the database's machine dies is that something was sent: it
    // is sent again, under its id. So these two don't wait for the disk.
    async claim(lanes, present) {
      const { queue } = await open()
      const due = await queue.due(lanes.map(({ webhook }) => webhook))
      const wanted = lanes.filter(({ webhook }) => due.includes(webhook))
      if (wanted.length === 0) return []
      return transact((client, queue) => claim(wanted, present, client, queue), { flush: false })
    },
    async settle(settlements) {
      if (settlements.length > 0) await settleSoon(settlements)
    },

    async list(filter, { limit, before }) {
      const { where, values } = numbered(conditionsOf(filter, before))
      const { rows } = await query(
        `SELECT * FROM ${tables} ${where} ORDER BY created_at DESC, id DESC LIMIT ${Number(limit)}`,
        values,
      )
      return rows.map(deliveryOf)
    },
    async get(id) {
      const { rows } = await query(`SELECT * FROM ${tables} WHERE id = $1`, [id])
      return rows.map(deliveryOf)[0]
    },
    async count(filter) {
      const { where, values } = numbered(conditionsOf(filter))
      return Number((await query(`SELECT count(*) AS n FROM ${tables} ${where}`, values)).rows[0].n)
    },
    requeue: (target, dueAt) =>
      transact(async (client, queue) => {
        const { where, values } =
          'id' in target
            ? { where: 'WHERE id = $1', values: [target.id] }
            : numbered(conditionsOf(target), ` AND state <> 'pending'`)
        const { rows } = await client.query<Row>(`SELECT * FROM ${tables} ${where} FOR UPDATE`, values)
        const idle: Row[] = []
        for (const row of rows) {
          if (row.state === 'pending') {
            if (await queue.isHeld(row, client)) continue
            await queue.cancel(row, client)
          }
          idle.push(row)
        }
        await client.query(
          `UPDATE ${tables} SET state = 'pending', due_at = $1, failures = 0 WHERE id = ANY ($2)`,
          [dueAt, idle.map(({ id }) => id)],
        )
        await queue.add(
          idle.map(({ id, webhook }) => ({ id, webhook, delayMs: 0 })),
          client,
        )
        return idle.length
      }),
    async prune(before, paused) {
      await query(`DELETE FROM ${schema}.applied WHERE at < $1`, [before])
      const { rowCount } = await query(
        `DELETE FROM ${tables} WHERE created_at < $1 AND (state <> 'pending' OR webhook = ANY ($2))`,
        [before, paused],
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
      transact(async client => {
        await client.query(`DELETE FROM ${schema}.webhooks WHERE id = $1`, [id])
        await client.query(`UPDATE ${tables} SET state = 'failed' WHERE webhook = $1 AND state = 'pending'`, [
          id,
        ])
      }),

    async read(key) {
      return (await query(`SELECT value FROM ${schema}.state WHERE key = $1`, [key])).rows[0]?.value
    },
    apply: ({ once, key, at, change }) =>
      transact(async (client, queue) => {
        await lock(client, key)
        const { rowCount } = await client.query(
          `INSERT INTO ${schema}.applied (once, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
          [once, at],
        )
        if (rowCount === 0) return false
        const { rows } = await client.query(`SELECT value FROM ${schema}.state WHERE key = $1`, [key])
        const { value, deliveries } = change(rows[0]?.value)
        if (value !== undefined) {
          await client.query(
            `INSERT INTO ${schema}.state (key, value) VALUES ($1, $2)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
            [key, JSON.stringify(value)],
          )
        }
        await insert(deliveries, client, queue)
        return true
      }),

    async close() {
      if (!opened) return
      const { pool, queue } = await opened
      await queue.stop()
      await pool.end()
    },
  }

  /** Until the transaction ends, nobody else changes what has this name. */
  async function lock(client: PoolClient, name: string) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${schema}:${name}`])
  }
}

interface Row {
  id: string
  webhook: string
  message: Delivery['message']
  content: Delivery['content'] | null
  state: Delivery['state']
  created_at: string
  due_at: string
  failures: number
  attempts: Delivery['attempts']
}

function deliveryOf(row: Row): Delivery {
  const { id, webhook, state, created_at, due_at, failures, attempts } = row
  const times = { createdAt: Number(created_at), dueAt: Number(due_at) }
  return { ...parcelOf(row), id, webhook, state, ...times, failures, attempts }
}

function parcelOf({ message, content }: Row): Pick<Delivery, 'message' | 'content'> {
  return content === null || content === undefined ? { message } : { message, content }
}

/** Conditions in PostgreSQL's way: `$1` for the first `?`, and so on. */
function numbered({ where, values }: ReturnType<typeof conditionsOf>, more = '') {
  let count = 0
  return { where: where.replaceAll('?', () => `$${++count}`) + more, values }
}
