import { DatabaseSync } from 'node:sqlite'
import { toError } from '../../to-error.ts'
import { conditionsOf } from '../conditions.ts'
import type {
  Claimed,
  ClaimRequest,
  Delivery,
  NewDelivery,
  Settlement,
  Store,
  StoreOptions,
  WebhookRecord,
} from '../store.ts'
import { sqliteConsole } from './console.ts'
import { migrate } from './schema.ts'
import { requeueSettled, statementsOf } from './statements.ts'
import { createTransactor } from './transactor.ts'

const slice = 1000

/**
 * Keeps everything in one SQLite file: the default for a companion on one machine.
 *
 * Write-ahead log, `synchronous=FULL`: what `add` acknowledges has reached the disk. Callers of one turn of
 * the event loop share a transaction, and so a disk flush.
 *
 * @param path Of the file, which is made when it is missing.
 * @throws {Error} names the file that can't be opened, is no database, or was written by a newer Tourhook.
 */
export function sqliteStore(path: string, { leaseMs = 60_000 }: StoreOptions = {}): Store {
  const db = open(path)
  const transact = createTransactor(db)
  const sql = statementsOf(db)
  let isClosing = false

  const insert = (deliveries: readonly NewDelivery[]) => {
    for (const { id, webhook, message, content, createdAt, dueAt } of deliveries) {
      sql.insert.run(
        id,
        webhook,
        message.userId,
        `,${message.events.map(({ name }) => name).join()},`,
        JSON.stringify(message),
        content === undefined ? null : JSON.stringify(content),
        createdAt,
        dueAt,
      )
    }
  }

  const claim = (lanes: readonly ClaimRequest[], now: number) => {
    const lease = crypto.randomUUID()
    const leaseUntil = now + leaseMs
    return lanes.flatMap(({ webhook, limit }) =>
      sql.claim.all(leaseUntil, lease, webhook, now, limit).map(
        (row): Claimed => ({
          ...parcelOf(row),
          id: String(row.id),
          webhook,
          createdAt: Number(row.created_at),
          failures: Number(row.failures),
          lease,
          leaseUntil,
        }),
      ),
    )
  }
  const settle = (settlements: readonly Settlement[]) => {
    for (const { id, lease, attempt, state, dueAt } of settlements) {
      const logged = attempt ? JSON.stringify(attempt) : null
      const failed = attempt && state !== 'delivered' ? 1 : 0
      const { changes } = sql.settle.run(state, dueAt ?? null, failed, logged, logged, id, lease, state)
      if (changes === 0 && logged) sql.log.run(logged, id)
    }
  }

  /** In transactions of a few milliseconds each: all at once would stop everything else for seconds. */
  const inSlices = async (statement: (limit: number) => { changes: number | bigint }): Promise<number> => {
    let total = 0
    while (!isClosing) {
      const changes = await transact(() => Number(statement(slice).changes))
      total += changes
      if (changes < slice) break
    }
    return total
  }

  return {
    leaseMs,
    add: async (deliveries, { db } = {}) => {
      if (db) throw new TypeError('An SQLite store has no transactions to join; only postgresStore has')
      if (deliveries.length > 0) await transact(() => insert(deliveries))
    },
    // What is lost of claims and settlements in a power cut is that something was sent: it is sent again,
    // under its id. So these two don't wait for the disk.
    claim: (lanes, now) => transact(() => claim(lanes, now), { flush: false }),
    settle: settlements => transact(() => settle(settlements), { flush: false, urgent: false }),

    async list(filter, { limit, before }) {
      const { where, values } = conditionsOf(filter, before)
      const query = `SELECT * FROM deliveries ${where} ORDER BY created_at DESC, id DESC LIMIT ?`
      return db
        .prepare(query)
        .all(...values, limit)
        .map(deliveryOf)
    },
    async get(id) {
      const row = sql.get.get(id)
      return row && deliveryOf(row)
    },
    async count(filter) {
      const { where, values } = conditionsOf(filter)
      return Number(db.prepare(`SELECT count(*) AS n FROM deliveries ${where}`).get(...values)?.n)
    },
    requeue: (target, now) =>
      transact(() => {
        if ('id' in target) return Number(sql.requeue.run(now, target.id, now).changes)
        const { where, values } = conditionsOf(target)
        return Number(
          db.prepare(`${requeueSettled} ${where} AND state <> 'pending'`).run(now, ...values).changes,
        )
      }),
    async prune(before, active) {
      await inSlices(limit => sql.pruneApplied.run(before, limit))
      return inSlices(limit => sql.prune.run(before, JSON.stringify(active), limit))
    },

    webhooks: async () => sql.webhooks.all().map(({ record }): WebhookRecord => JSON.parse(String(record))),
    changeWebhook: (id, change) =>
      transact(() => {
        const record = change(JSON.parse(String(sql.webhook.get(id)?.record ?? JSON.stringify({ id }))))
        sql.putWebhook.run(id, JSON.stringify(record))
        return record
      }),
    removeWebhook: id =>
      transact(() => {
        sql.removeWebhook.run(id)
        sql.failAll.run(id)
      }),

    async read(key) {
      const row = sql.read.get(key)
      return row && JSON.parse(String(row.value))
    },
    apply: ({ once, key, at, change }) =>
      transact(() => {
        if (sql.seen.get(once)) return false
        const row = sql.read.get(key)
        const { value, deliveries } = change(row && JSON.parse(String(row.value)))
        sql.applied.run(once, at)
        if (value !== undefined) sql.write.run(key, JSON.stringify(value))
        insert(deliveries)
        return true
      }),

    console: sqliteConsole(db, transact),

    async close() {
      isClosing = true
      await transact(() => {})
      db.close()
    },
  }
}

function open(path: string): DatabaseSync {
  try {
    const db = new DatabaseSync(path)
    migrate(db)
    return db
  } catch (error) {
    throw new Error(`${path}: ${toError(error).message}`, { cause: error })
  }
}

type Row = Record<string, unknown>

function deliveryOf(row: Row): Delivery {
  return {
    ...parcelOf(row),
    id: String(row.id),
    webhook: String(row.webhook),
    state: row.state as Delivery['state'],
    createdAt: Number(row.created_at),
    dueAt: Number(row.due_at),
    failures: Number(row.failures),
    attempts: JSON.parse(String(row.attempts)),
  }
}

function parcelOf({ message, content }: Row): Pick<Delivery, 'message' | 'content'> {
  const parcel = { message: JSON.parse(String(message)) }
  return content === null ? parcel : { ...parcel, content: JSON.parse(String(content)) }
}
