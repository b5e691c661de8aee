import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Transaction } from '../store.ts'

const decadesSeconds = 50 * 365 * 24 * 60 * 60

/** A delivery's turn: in a webhook's queue, after a while. */
export interface Turn {
  id: string
  webhook: string
  /** Milliseconds from now; not after it when it is due already. */
  delayMs: number
}

/** A turn that is lent to us; `lease` is pg-boss's attempt, which fences what we say of it later. */
export interface Held {
  id: string
  webhook: string
  lease: string
}

/** The queue of deliveries' ids: pg-boss, with a queue for each webhook. */
export interface Queue {
  start(): Promise<void>
  /** Adds turns within a transaction; one that is there already is left as it is. */
  add(turns: readonly Turn[], db: Transaction): Promise<void>
  take(webhook: string, limit: number): Promise<Held[]>
  /** Which of these webhooks have turns that are due. */
  due(webhooks: readonly string[]): Promise<string[]>
  /** Ends turns within a transaction; returns the ids of those that were still ours. */
  end(held: readonly Held[], db: Transaction): Promise<Set<string>>
  /** Ends turns of a webhook, whoever holds them. */
  cancel(webhook: string, ids: readonly string[], db: Transaction): Promise<void>
  /** Whether a turn is lent to somebody. */
  isHeld(turn: { id: string; webhook: string }, db: Transaction): Promise<boolean>
  stop(): Promise<void>
}

/** Makes the queue of a store. The leases of the dead are looked after by pg-boss. */
export async function createQueue({
  pool,
  schema,
  leaseMs,
}: {
  pool: Pool
  schema: string
  leaseMs: number
}): Promise<Queue> {
  const { PgBoss } = await import('pg-boss')
  const leaseSeconds = Math.ceil(leaseMs / 1000)
  const superviseIntervalSeconds = Math.max(1, Math.min(60, Math.floor(leaseSeconds / 2)))
  const boss: PgBoss = new PgBoss({
    db: databaseOf(pool),
    schema,
    schedule: false,
    superviseIntervalSeconds,
    monitorIntervalSeconds: superviseIntervalSeconds,
  })
  // What fails behind the scenes is tried again there; what we call ourselves rejects to us.
  boss.on('error', () => {})
  const known = new Map<string, Promise<string>>()

  /** The queue of a webhook; pg-boss allows few characters in its name. */
  const queueOf = (webhook: string): Promise<string> => {
    const name = `webhook-${digest(webhook)}`
    const made =
      known.get(webhook) ??
      boss
        .createQueue(name, {
          expireInSeconds: leaseSeconds,
          // Ours is the schedule; a turn whose holder died is handed on for as long as it takes.
          retryLimit: 1_000_000,
          retentionSeconds: decadesSeconds,
        })
        .then(() => name)
    known.set(webhook, made)
    made.catch(() => known.delete(webhook))
    return made
  }

  return {
    async start() {
      await boss.start()
    },
    async add(turns, db) {
      for (const [webhook, some] of groupByWebhook(turns)) {
        const jobs = some.map(({ id, delayMs }) => ({
          id: jobIdOf(id),
          data: { id },
          ...(delayMs > 0 ? { startAfter: delayMs / 1000 } : {}),
        }))
        await boss.insert(await queueOf(webhook), jobs, { db: databaseOf(db) })
      }
    },
    async take(webhook, limit) {
      const jobs = await boss.fetch<{ id: string }>(await queueOf(webhook), { batchSize: limit })
      return jobs.map(({ data, retryCount }) => ({ id: data.id, webhook, lease: String(retryCount) }))
    },
    async due(webhooks) {
      const names = await Promise.all(webhooks.map(queueOf))
      const { rows } = await pool.query<{ place: string }>(
        `SELECT place FROM unnest($1::text[]) WITH ORDINALITY AS lane (name, place) WHERE EXISTS (
          SELECT FROM ${schema}.job WHERE job.name = lane.name AND state < 'active' AND start_after <= now())`,
        [names],
      )
      return rows.flatMap(({ place }) => webhooks[Number(place) - 1] ?? [])
    },
    async end(held, db) {
      const ours = new Set<string>()
      for (const [webhook, some] of groupByWebhook(held)) {
        const jobs = some.map(({ id, lease }) => ({ id: jobIdOf(id), retryCount: Number(lease) }))
        const answer: { settled?: string[] } = await boss.deleteJob(await queueOf(webhook), jobs, {
          db: databaseOf(db),
        })
        const ended = new Set(answer.settled)
        for (const { id } of some) if (ended.has(jobIdOf(id))) ours.add(id)
      }
      return ours
    },
    async cancel(webhook, ids, db) {
      await boss.deleteJob(await queueOf(webhook), ids.map(jobIdOf), { db: databaseOf(db) })
    },
    async isHeld({ id, webhook }, db) {
      const found = await boss.findJobs(await queueOf(webhook), { id: jobIdOf(id), db: databaseOf(db) })
      return found.some(({ state }) => state === 'active')
    },
    stop: () => boss.stop({ graceful: false }),
  }
}

function databaseOf(db: Pick<Pool, 'query'> | Transaction) {
  return {
    executeSql: (text: string, values?: unknown[]): Promise<{ rows: unknown[] }> => db.query(text, values),
  }
}

/** pg-boss wants a UUID; one that follows from our id lets nothing be queued twice. */
function jobIdOf(id: string): string {
  return digest(id).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

function groupByWebhook<T extends { webhook: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(item.webhook, [...(groups.get(item.webhook) ?? []), item])
  return groups
}
