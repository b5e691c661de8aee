import { wholeMs } from '../../../values/whole-ms.ts'
import { eventSetOf, isSameContent, withoutAnswer } from '../content.ts'
import { hoursOf } from '../hours.ts'
import { forgottenReason } from '../reasons.ts'
import type { Claimed, ClaimRequest, NewDelivery, Settlement, Transaction } from '../store.ts'
import { payloadOf, type Row, rowColumns, searchable, storable } from './rows.ts'

/** The database's time, in milliseconds since 1970: companions whose clocks differ share the work. */
export const databaseTime = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint'

/** A delivery that is inserted alone: in half the time that the database takes to unfold arrays of one. */
const one = `VALUES ($1, $2, $3, $4, $5, $6, $7, $8::bigint, ${databaseTime} + $9::bigint)`
const many = `SELECT id, webhook, user_id, events, message, content, fingerprint, created_at, ${databaseTime} + delay
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
    $9::bigint[]) AS row (id, webhook, user_id, events, message, content, fingerprint, created_at, delay)`

/** Whether a claim's holder may still say what becomes of a delivery. */
const counts = `(delivery.lease = row.lease OR row.state = 'delivered')`

/** What became of a delivery that was inserted. */
export type Inserted = 'queued' | 'repeated' | 'conflict'

/** What is done with deliveries, each with one statement. */
export interface DeliveryStatements {
  insert(deliveries: readonly NewDelivery[], db: Transaction): Promise<Inserted[]>
  claim(
    lanes: readonly ClaimRequest[],
    options: { leaseMs: number; now: number },
    db: Transaction,
  ): Promise<Claimed[]>
  /** Each of another key. */
  settle(settlements: readonly Settlement[], now: number, db: Transaction): Promise<void>
}

/** The statements on a schema's deliveries, each in the transaction that it is given. */
export function createDeliveryStatements(schema: string): DeliveryStatements {
  const table = `${schema}.deliveries`
  const insertion = `INSERT INTO ${table}
    (id, webhook, user_id, events, message, content, fingerprint, created_at, due_at)`

  async function keptOf(deliveries: readonly NewDelivery[], db: Transaction): Promise<Map<string, Row>> {
    const { rows } = await db.query(
      `SELECT ${rowColumns} FROM ${table}
      JOIN unnest($1::text[], $2::text[]) AS key (id, webhook) USING (id, webhook)`,
      [deliveries.map(({ id }) => storable(id)), deliveries.map(({ webhook }) => storable(webhook))],
    )
    return new Map((rows as Row[]).map(row => [keyOf(row), row]))
  }

  return {
    async insert(deliveries, db) {
      if (deliveries.length === 0) return []
      const column = <T>(pick: (delivery: NewDelivery) => T) => deliveries.map(pick)
      const columns = [
        column(({ id }) => storable(id)),
        column(({ webhook }) => storable(webhook)),
        column(({ message }) => message.userId && searchable(message.userId)),
        column(({ message }) => eventSetOf(message)),
        column(({ message }) => JSON.stringify(message)),
        column(({ content }) => (content === undefined ? null : JSON.stringify(content))),
        column(({ fingerprint }) => fingerprint ?? null),
        column(({ createdAt }) => wholeMs(createdAt)),
        column(({ createdAt, dueAt }) => wholeMs(dueAt - createdAt)),
      ]
      const isAlone = deliveries.length === 1
      const { rows } = await db.query(
        `${insertion} ${isAlone ? one : many} ON CONFLICT DO NOTHING RETURNING id, webhook`,
        isAlone ? columns.map(([value]) => value) : columns,
      )
      const fresh = new Set((rows as Row[]).map(keyOf))
      // Of a key that is given twice, the first.
      const results = deliveries.map(
        (delivery): Inserted => (fresh.delete(keyOf(delivery)) ? 'queued' : 'repeated'),
      )
      const others = deliveries.filter((_, index) => results[index] === 'repeated')
      if (others.length === 0) return results
      const kept = await keptOf(others, db)
      return results.map((result, index) => {
        const delivery = deliveries[index]
        const row = delivery && kept.get(keyOf(delivery))
        return result === 'repeated' && row && !isSameContent(contentOf(row), delivery) ? 'conflict' : result
      })
    },

    async claim(lanes, { leaseMs, now }, db) {
      const lease = crypto.randomUUID()
      const { rows } = await db.query(
        `WITH picked AS MATERIALIZED (
          SELECT one.id, one.webhook FROM unnest($1::text[], $2::integer[]) AS lane (webhook, most)
          CROSS JOIN LATERAL (
            SELECT id, webhook FROM ${table} AS one
            WHERE one.webhook = lane.webhook AND state = 'pending' AND due_at <= ${databaseTime} AND lease_until <= ${databaseTime}
            ORDER BY due_at LIMIT lane.most FOR UPDATE SKIP LOCKED) AS one)
        UPDATE ${table} AS delivery SET lease = $3, lease_until = ${databaseTime} + $4
        FROM picked WHERE delivery.id = picked.id AND delivery.webhook = picked.webhook
        RETURNING delivery.id, delivery.webhook, message, content, created_at, due_at, failures`,
        [
          lanes.map(({ webhook }) => storable(webhook)),
          lanes.map(({ limit }) => limit),
          lease,
          wholeMs(leaseMs),
        ],
      )
      return (rows as Row[])
        .sort((a, b) => Number(a.due_at) - Number(b.due_at))
        .map(row => ({
          ...payloadOf(row),
          id: row.id,
          webhook: row.webhook,
          createdAt: Number(row.created_at),
          failures: row.failures,
          lease,
          leaseUntil: wholeMs(now + leaseMs),
        }))
    },

    async settle(settlements, now, db) {
      const column = <T>(pick: (settlement: Settlement) => T) => settlements.map(pick)
      const hours = hoursOf(settlements)
      await db.query(
        `WITH row AS (
          SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $13::text[])
            AS row (id, webhook, lease, state, delay, attempt, reason, cleared)),
        settled AS (
          UPDATE ${table} AS delivery SET
            attempts = CASE WHEN row.attempt IS NULL THEN delivery.attempts ELSE
              CASE WHEN delivery.attempts = '' THEN '' ELSE delivery.attempts || ',' END ||
              CASE WHEN delivery.reason = '${forgottenReason}' THEN row.cleared ELSE row.attempt END END,
            failures = delivery.failures +
              CASE WHEN ${counts} AND row.state <> 'delivered' AND row.attempt IS NOT NULL THEN 1 ELSE 0 END,
            due_at = CASE WHEN ${counts} AND row.delay IS NOT NULL THEN ${databaseTime} + row.delay ELSE delivery.due_at END,
            state = CASE WHEN ${counts} THEN row.state ELSE delivery.state END,
            reason = CASE WHEN ${counts} THEN row.reason ELSE delivery.reason END,
            lease = CASE WHEN ${counts} THEN NULL ELSE delivery.lease END,
            lease_until = CASE WHEN ${counts} THEN 0 ELSE delivery.lease_until END
          FROM row
          WHERE delivery.id = row.id AND delivery.webhook = row.webhook)
        INSERT INTO ${schema}.hours AS kept (hour, webhook, outcome, attempts, duration_ms)
        SELECT * FROM unnest($8::bigint[], $9::text[], $10::text[], $11::bigint[], $12::bigint[])
        ON CONFLICT (hour, webhook, outcome) DO UPDATE SET attempts = kept.attempts + excluded.attempts,
          duration_ms = kept.duration_ms + excluded.duration_ms`,
        [
          column(({ id }) => storable(id)),
          column(({ webhook }) => storable(webhook)),
          column(({ lease }) => lease),
          column(({ state }) => state),
          column(({ dueAt }) => dueAt && wholeMs(dueAt - now)),
          column(({ attempt }) => JSON.stringify(attempt)),
          column(({ reason }) => reason && storable(reason)),
          hours.map(({ hour }) => hour),
          hours.map(({ webhook }) => storable(webhook)),
          hours.map(({ outcome }) => outcome),
          hours.map(({ attempts }) => attempts),
          hours.map(({ durationMs }) => durationMs),
          column(({ attempt }) => JSON.stringify(attempt && withoutAnswer(attempt))),
        ],
      )
    },
  }
}

function keyOf({ id, webhook }: { id: string; webhook: string }): string {
  return JSON.stringify([storable(id), storable(webhook)])
}

function contentOf(row: Row) {
  return { ...payloadOf(row), ...(row.fingerprint === null ? {} : { fingerprint: row.fingerprint }) }
}
