import type { PoolClient } from 'pg'
import * as z from 'zod/mini'
import { checkOptions } from '../../../schema/problems/check-options.ts'
import { wholeMs } from '../../../values/whole-ms.ts'
import { type Clock, steadyTime, systemClock } from '../../clock.ts'
import { clearedMessage, withoutAnswer } from '../content.ts'
import { hourOf } from '../hours.ts'
import type { DeliveryFilter, DeliveryKey } from '../log-query.ts'
import { matches } from '../matches.ts'
import { canceledReason, forgottenReason, removedReason, tooMuchState } from '../reasons.ts'
import { visitMatches } from '../search.ts'
import { settleApart } from '../settling.ts'
import type {
  AddResult,
  BulkOptions,
  HourCount,
  NewDelivery,
  SetAside,
  Settlement,
  Store,
  StoreOptions,
  Transaction,
  WebhookRecord,
} from '../store.ts'
import { checkRepeat } from '../taken-error.ts'
import { batched } from './batch.ts'
import { createConnection, prepared } from './connection.ts'
import { postgresConsole } from './console.ts'
import { createDeliveryStatements, databaseTime, type Inserted } from './deliveries.ts'
import { lastAttemptsAt } from './last-attempts.ts'
import { createLogSearch, placeOf } from './log.ts'
import { deliveryOf, type Row, rowColumns, searchable, storable } from './rows.ts'
import { createTurns } from './turns.ts'

/** How many rows one statement of a long task changes. */
const sliceSize = 1000
/** How long the size of what is kept about users is believed. */
const sizeMs = 60_000

export interface PostgresStoreOptions extends StoreOptions {
  /** Such as `postgres://user:password@host/database`. */
  connectionString: string
  /** Where our tables are. @default 'tourhook' */
  schema?: string | undefined
  /** The most connections at once. @default 10 */
  connections?: number | undefined
  /** How long the database may take over a statement before the call rejects, in milliseconds. @default 10_000 */
  timeoutMs?: number | undefined
  /** For tests. It is followed forward and never back. @default the machine's */
  clock?: Pick<Clock, 'now' | 'elapsed'> | undefined
}

const positive = z.number().check(z.positive())
const optionsShape = z.object({
  connectionString: z.string().check(z.minLength(1)),
  schema: z.string(),
  connections: positive,
  leaseMs: positive,
  timeoutMs: positive,
})

/**
 * Keeps everything in PostgreSQL, for several companions that share the work. Time is the database's. Needs the package `pg`.
 *
 * @throws {TypeError} when the schema isn't a plain lower-case name.
 */
export function postgresStore({
  connectionString,
  schema = 'tourhook',
  connections = 10,
  leaseMs = 60_000,
  mostStateBytes = 4e9,
  timeoutMs = 10_000,
  clock = systemClock,
}: PostgresStoreOptions): Store {
  checkOptions({ connectionString, schema, connections, leaseMs, timeoutMs }, optionsShape)
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    throw new TypeError(`schema: expected lower-case letters, digits and _, got "${schema}"`)
  }
  const table = `${schema}.deliveries`
  const present = steadyTime(clock)
  const connection = createConnection({ connectionString, schema, connections, timeoutMs })
  const { query, transact, isOurs } = connection
  // The revision's row lets one change of a webhook through at a time: those that waited would hold every connection.
  const inTurn = createTurns()
  const statements = createDeliveryStatements(schema)
  const log = createLogSearch(connection, schema)
  const durable: Transaction = { query }
  // What is lost of claims and settlements when the database's machine dies is that something was sent: it
  // is sent again, under its id. So these two don't wait for the disk.
  const quick: Transaction = { query: (text, values) => query(text, values, { flush: false }) }
  let stateSize = { bytes: 0, until: 0 }
  let isClosing = false

  const insert = batched<NewDelivery, Inserted>(deliveries => statements.insert(deliveries, durable), {
    isOurs,
  })
  const settle = batched<Settlement, SetAside | undefined>(settleBatch, { patienceMs: 4, isOurs })

  async function settleBatch(settlements: readonly Settlement[]): Promise<(SetAside | undefined)[]> {
    const setAside: SetAside[] = []
    for (const some of withoutRepeats(settlements)) {
      setAside.push(...(await settleApart(some, some => statements.settle(some, present(), quick), isOurs)))
    }
    return settlements.map(one => setAside.find(({ settlement }) => settlement === one))
  }

  async function addOnce(
    deliveries: readonly NewDelivery[],
    once: string,
    db: Transaction,
  ): Promise<AddResult> {
    const at = wholeMs(deliveries[0]?.createdAt ?? present())
    const { rows } = await db.query(
      `INSERT INTO ${schema}.applied (once, at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING once`,
      [storable(once), at],
    )
    if (rows.length === 0) return { queued: await queuedBefore(once, db), conflicts: [], counted: false }
    const added = resultOf(deliveries, await statements.insert(deliveries, db))
    await db.query(`UPDATE ${schema}.applied SET queued = $2 WHERE once = $1`, [
      storable(once),
      JSON.stringify(added.queued),
    ])
    return added
  }

  async function queuedBefore(once: string, db: Transaction): Promise<DeliveryKey[]> {
    const { rows } = await db.query(`SELECT queued FROM ${schema}.applied WHERE once = $1`, [storable(once)])
    const queued = (rows as { queued: string | null }[])[0]?.queued
    return queued ? JSON.parse(queued) : []
  }

  /** Repeats a statement that changes a slice, until there is no more. */
  async function inSlices(text: string, values: readonly unknown[]): Promise<number> {
    let total = 0
    while (!isClosing) {
      const { rowCount } = await query(text, [...values, sliceSize], { flush: false })
      total += rowCount ?? 0
      if ((rowCount ?? 0) < sliceSize) break
    }
    return total
  }

  function pruned(from: string, condition: string, values: readonly unknown[]): Promise<number> {
    const some = `SELECT ctid FROM ${from} WHERE ${condition} LIMIT $${values.length + 1} FOR UPDATE SKIP LOCKED`
    return inSlices(`DELETE FROM ${from} WHERE ctid = ANY (ARRAY(${some}))`, values)
  }

  /** @param update Begins a statement whose last two parameters are the keys' ids and webhooks. */
  async function changeAll(
    filter: DeliveryFilter,
    { most = Number.POSITIVE_INFINITY, before, only = () => true, onProgress, signal }: BulkOptions,
    { set, where, values = [] }: { set: string; where: string; values?: readonly unknown[] },
  ): Promise<number> {
    const given = [...values]
    const parameter = (value: unknown) => `$${given.push(value)}`
    // Since they were found, they may have been delivered, or forgotten.
    const holds = [
      where,
      ...(filter.state === undefined ? [] : [`state = ${parameter(filter.state)}`]),
      ...(filter.userId === undefined ? [] : [`user_id = ${parameter(searchable(filter.userId))}`]),
    ].join(' AND ')
    const [ids, webhooks] = [`$${given.length + 1}::text[]`, `$${given.length + 2}::text[]`]
    const text = `UPDATE ${table} AS delivery SET ${set} FROM unnest(${ids}, ${webhooks}) AS key (id, webhook)
      WHERE delivery.id = key.id AND delivery.webhook = key.webhook AND ${holds}`
    let total = 0
    async function work(found: readonly Row[]) {
      const rows = found.slice(0, most - total)
      const some = rows.filter(({ webhook }) => only(webhook))
      const keys = [some.map(({ id }) => id), some.map(({ webhook }) => webhook)]
      if (some.length > 0) total += (await query(text, [...given, ...keys])).rowCount ?? 0
      const last = rows.at(-1)
      if (last) onProgress?.(total, placeOf(last))
      return !isClosing && !signal?.aborted && total < most
    }
    const limit = Math.min(sliceSize, most)
    if (filter.id === undefined) await visitMatches(log, filter, { limit, before }, work)
    else await work(await withId(filter.id, filter))
    return total
  }

  async function withId(id: string, filter: DeliveryFilter = {}): Promise<Row[]> {
    const { rows } = await query(
      `SELECT ${rowColumns} FROM ${table} WHERE id = $1 ORDER BY webhook`,
      [storable(id)],
      {
        flush: false,
      },
    )
    return rows.filter(row => matches({ ...deliveryOf(row), id }, filter))
  }

  /** Checks, by a figure that is up to a minute old, that there is room for more about users. */
  async function checkRoom(more: number) {
    if (more <= 0) return
    if (performance.now() > stateSize.until) {
      const { rows } = await query(`SELECT coalesce(sum(size), 0) AS size FROM ${schema}.state`, [], {
        flush: false,
      })
      stateSize = { bytes: Number(rows[0]?.size), until: performance.now() + sizeMs }
    }
    if (stateSize.bytes + more > mostStateBytes) throw tooMuchState()
    stateSize.bytes += more
  }

  /** Until the transaction ends, nobody else changes what has this name. */
  async function lock(client: PoolClient, name: string) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${schema}:${name}`])
  }

  /** Clears those of rows that are a user's, as they are by now: attempts may have been logged since they were found. */
  async function clearSome(client: PoolClient, found: readonly Row[], userId: string): Promise<number> {
    const { rows } = await client.query<Row>(
      `SELECT ${rowColumns} FROM ${table} AS delivery JOIN unnest($1::text[], $2::text[]) AS key (id, webhook)
      USING (id, webhook) ORDER BY id, webhook FOR UPDATE OF delivery`,
      [found.map(({ id }) => id), found.map(({ webhook }) => webhook)],
    )
    const cleared = rows.map(deliveryOf).filter(({ message }) => message.userId === userId)
    const { rowCount } = await client.query(
      `UPDATE ${table} AS delivery SET user_id = NULL, message = row.message, content = NULL, fingerprint = NULL,
        attempts = row.attempts,
        reason = CASE WHEN state = 'pending' THEN $5 ELSE reason END,
        lease = CASE WHEN state = 'pending' THEN NULL ELSE lease END,
        state = CASE WHEN state = 'pending' THEN 'failed' ELSE state END
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS row (id, webhook, message, attempts)
      WHERE delivery.id = row.id AND delivery.webhook = row.webhook`,
      [
        cleared.map(({ id }) => id),
        cleared.map(({ webhook }) => webhook),
        cleared.map(({ message }) => JSON.stringify(clearedMessage(message))),
        cleared.map(({ attempts }) => attempts.map(one => JSON.stringify(withoutAnswer(one))).join()),
        forgottenReason,
      ],
    )
    return rowCount ?? 0
  }

  function bumpRevision(client: PoolClient) {
    return client.query(`UPDATE ${schema}.numbers SET value = value + 1 WHERE name = 'webhooks_revision'`)
  }

  return {
    leaseMs,
    async add(deliveries, { db, once } = {}) {
      if (db) await connection.ready()
      if (once !== undefined) {
        return db
          ? addOnce(deliveries, once, db)
          : transact(client => addOnce(deliveries, once, prepared(client)))
      }
      if (deliveries.length === 0) return { queued: [], conflicts: [], counted: true }
      return resultOf(deliveries, await (db ? statements.insert(deliveries, db) : insert(deliveries)))
    },
    async dueWebhooks() {
      const { rows } = await query(
        `${waiting(table)} AND EXISTS (SELECT FROM ${table} AS one WHERE state = 'pending'
          AND one.webhook = waiting.webhook AND due_at <= ${databaseTime} AND lease_until <= ${databaseTime})`,
        [],
        { flush: false },
      )
      return rows.map(({ webhook }) => webhook)
    },
    claim: (lanes, now) => statements.claim(lanes, { leaseMs, now }, quick),
    async settle(settlements) {
      const results = settlements.length > 0 ? await settle(settlements) : []
      return results.filter(one => one !== undefined)
    },

    async list(filter, { limit, before }) {
      const { id } = filter
      if (id !== undefined) return { deliveries: (await withId(id, filter)).map(deliveryOf) }
      const { found, searchedTo } = await log.search(filter, { limit, before })
      const deliveries = found.map(({ item }) => deliveryOf(item))
      return deliveries.length < limit && searchedTo ? { deliveries, searchedTo } : { deliveries }
    },
    async get(id, webhook) {
      const [row] = await withId(id, { webhook })
      return row && deliveryOf(row)
    },
    async count(filter, { most } = {}) {
      return filter.id === undefined ? log.count(filter, most) : (await withId(filter.id, filter)).length
    },
    async hours({ webhook, since, until = Number.MAX_SAFE_INTEGER, together = false }) {
      const isOne = together && webhook === undefined
      const columns = isOne
        ? `hour, '' AS webhook, outcome, sum(attempts) AS attempts, sum(duration_ms) AS duration_ms`
        : 'hour, webhook, outcome, attempts, duration_ms'
      const of = webhook === undefined ? '' : 'AND webhook = ANY ($3::text[])'
      const { rows } = await query(
        `SELECT ${columns} FROM ${schema}.hours WHERE hour >= $1 AND hour < $2 ${of}
        ${isOne ? 'GROUP BY hour, outcome' : ''} ORDER BY hour`,
        [hourOf(since), until, ...(webhook === undefined ? [] : [[webhook].flat().map(storable)])],
        { flush: false },
      )
      return rows.map(hourCountOf)
    },
    lastAttempts: webhooks => lastAttemptsAt(connection, schema, webhooks),
    requeue: (filter, _now, options = {}) =>
      changeAll(filter, options, {
        set: `state = 'pending', due_at = ${databaseTime}, failures = 0, lease = NULL, lease_until = 0, reason = NULL`,
        where: `(state <> 'pending' OR lease_until <= ${databaseTime})`,
      }),
    cancel: ({ state = 'pending', ...filter }, { reason = canceledReason, ...options } = {}) =>
      changeAll({ ...filter, state }, options, {
        set: `state = 'failed', lease = NULL, lease_until = 0, reason = $1`,
        where: `state = 'pending'`,
        values: [storable(reason)],
      }),
    async prune({ before, usersBefore = before, active }) {
      await pruned(`${schema}.applied`, 'at < $1', [before])
      await pruned(`${schema}.hours`, 'hour < $1', [hourOf(before)])
      await pruned(`${schema}.state`, 'at < $1', [usersBefore])
      stateSize.until = 0
      const delivered = await pruned(table, `state = 'delivered' AND created_at < $1`, [before])
      const failed = await pruned(table, `state = 'failed' AND created_at < $1`, [before])
      const isOrphan = `state = 'pending' AND created_at < $1 AND webhook <> ALL ($2::text[])`
      return delivered + failed + (await pruned(table, isOrphan, [before, active]))
    },

    async webhooks() {
      const { rows } = await query(`SELECT record FROM ${schema}.webhooks`, [], { flush: false })
      return rows.map(({ record }): WebhookRecord => JSON.parse(record))
    },
    async webhooksRevision() {
      const { rows } = await query(`SELECT value FROM ${schema}.numbers WHERE name = 'webhooks_revision'`, [], {
        flush: false,
      })
      return Number(rows[0]?.value)
    },
    async waitingWebhooks() {
      const { rows } = await query(waiting(table), [], { flush: false })
      return rows.map(({ webhook }) => webhook)
    },
    changeWebhook: (id, change) =>
      inTurn(() =>
        transact(async client => {
          await lock(client, `webhook:${id}`)
          const { rows } = await client.query(`SELECT record FROM ${schema}.webhooks WHERE id = $1`, [id])
          const record = change(rows[0] ? JSON.parse(rows[0].record) : { id })
          await client.query(
            `INSERT INTO ${schema}.webhooks (id, record) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET record = excluded.record`,
            [id, JSON.stringify(record)],
          )
          await bumpRevision(client)
          return record
        }),
      ),
    async removeWebhook(id) {
      await transact(async client => {
        await client.query(`DELETE FROM ${schema}.webhooks WHERE id = $1`, [id])
        await bumpRevision(client)
      })
      await inSlices(
        // By its key, and not its place: a row that another changes meanwhile moves.
        `WITH picked AS MATERIALIZED (
          SELECT id FROM ${table} WHERE webhook = $1 AND state = 'pending' LIMIT $3 FOR UPDATE)
        UPDATE ${table} AS delivery SET state = 'failed', lease = NULL, lease_until = 0, reason = $2
        FROM picked WHERE delivery.id = picked.id AND delivery.webhook = $1 AND state = 'pending'`,
        [storable(id), removedReason],
      )
    },

    async read(key) {
      const { rows } = await query(`SELECT value FROM ${schema}.state WHERE key = $1`, [storable(key)], {
        flush: false,
      })
      return rows[0] && JSON.parse(rows[0].value)
    },
    apply: ({ once, fingerprint, key, at, change }) =>
      transact(async client => {
        await lock(client, storable(key))
        const { rowCount } = await client.query(
          `INSERT INTO ${schema}.applied (once, at, fingerprint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
          [storable(once), wholeMs(at), fingerprint ?? null],
        )
        if (rowCount === 0) {
          const before = await client.query(`SELECT fingerprint FROM ${schema}.applied WHERE once = $1`, [
            storable(once),
          ])
          checkRepeat(once, before.rows[0]?.fingerprint, fingerprint)
          return false
        }
        const { rows } = await client.query(`SELECT value, size FROM ${schema}.state WHERE key = $1`, [
          storable(key),
        ])
        const { value, deliveries } = change(rows[0] && JSON.parse(rows[0].value))
        if (value !== undefined) {
          const text = JSON.stringify(value)
          await checkRoom(text.length - Number(rows[0]?.size ?? 0))
          await client.query(
            `INSERT INTO ${schema}.state (key, at, size, value) VALUES ($1, $2, $3, $4)
            ON CONFLICT (key) DO UPDATE SET at = excluded.at, size = excluded.size, value = excluded.value`,
            [storable(key), wholeMs(at), text.length, text],
          )
        }
        await statements.insert(deliveries, prepared(client))
        return true
      }),
    async forget(userId) {
      await query(`DELETE FROM ${schema}.state WHERE key = $1`, [storable(`user:${userId}`)])
      let total = 0
      async function clear(found: readonly Row[]): Promise<boolean> {
        total += await transact(client => clearSome(client, found, userId))
        return !isClosing
      }
      await visitMatches(log, { userId }, { limit: sliceSize }, clear)
      return total
    },

    console: postgresConsole(connection, schema),

    close() {
      isClosing = true
      return connection.close()
    },
  }
}

/** The webhooks that have pending deliveries, one after the other by the index: what waits behind the first is not read. */
function waiting(table: string): string {
  return `WITH RECURSIVE waiting (webhook) AS (
      SELECT min(webhook) FROM ${table} WHERE state = 'pending'
      UNION ALL
      SELECT (SELECT min(webhook) FROM ${table} WHERE state = 'pending' AND webhook > waiting.webhook)
      FROM waiting WHERE webhook IS NOT NULL)
    SELECT webhook FROM waiting WHERE webhook IS NOT NULL`
}

function resultOf(deliveries: readonly NewDelivery[], results: readonly Inserted[]): AddResult {
  const keysWith = (wanted: Inserted) =>
    deliveries.flatMap(({ webhook, id }, index) => (results[index] === wanted ? [{ webhook, id }] : []))
  return { queued: keysWith('queued'), conflicts: keysWith('conflict'), counted: true }
}

/** Parts settlements so that no part says two things of one delivery. */
function withoutRepeats(settlements: readonly Settlement[]): Settlement[][] {
  const parts: Map<string, Settlement>[] = []
  for (const settlement of settlements) {
    const key = JSON.stringify([settlement.webhook, settlement.id])
    const part = parts.find(part => !part.has(key))
    if (part) part.set(key, settlement)
    else parts.push(new Map([[key, settlement]]))
  }
  return parts.map(part => [...part.values()])
}

function hourCountOf(row: Record<string, string>): HourCount {
  return {
    hour: Number(row.hour),
    webhook: String(row.webhook),
    outcome: row.outcome as HourCount['outcome'],
    attempts: Number(row.attempts),
    durationMs: Number(row.duration_ms),
  }
}
