import type { PoolClient } from 'pg'
import type { DeliveryFilter, NewDelivery, Settlement, Transaction } from '../store.ts'
import type { Queue } from './queue.ts'
import { numberedConditionsOf, type Row, storable } from './rows.ts'

/** What is done with deliveries, each within a transaction: our table and the queue change together. */
export interface DeliverySteps {
  insert(deliveries: readonly NewDelivery[], db: Transaction, queue: Queue): Promise<void>
  settle(settlements: readonly Settlement[], client: PoolClient, queue: Queue): Promise<void>
  /** Gives up what waits for a webhook, also what is lent to somebody. */
  fail(webhook: string, client: PoolClient, queue: Queue): Promise<void>
  requeue(
    target: { id: string } | DeliveryFilter,
    dueAt: number,
    client: PoolClient,
    queue: Queue,
  ): Promise<number>
}

/** Makes the steps for a table. */
export function createDeliverySteps(table: string, now: () => number): DeliverySteps {
  return {
    async insert(deliveries, db, queue) {
      if (deliveries.length === 0) return
      const column = (pick: (delivery: NewDelivery) => string | number | null | undefined) =>
        deliveries.map(pick)
      // Not as one JSON text: taking that apart, PostgreSQL stumbles over escapes that JSON allows, such as \u0000.
      const inserted = await db.query(
        `INSERT INTO ${table} (id, webhook, user_id, events, message, content, created_at, due_at)
        SELECT id, webhook, user_id, events, message::json, content::json, created_at, due_at
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])
          AS row (id, webhook, user_id, events, message, content, created_at, due_at)
        ON CONFLICT DO NOTHING RETURNING id`,
        [
          column(({ id }) => id),
          column(({ webhook }) => webhook),
          column(({ message }) => message.userId && storable(message.userId)),
          column(({ message }) => `,${message.events.map(({ name }) => name).join()},`),
          column(({ message }) => JSON.stringify(message)),
          column(({ content }) => JSON.stringify(content)),
          column(({ createdAt }) => createdAt),
          column(({ dueAt }) => dueAt),
        ],
      )
      const ids = new Set(inserted.rows.map(row => (row as { id: string }).id))
      const turns = deliveries
        // Of an id that is given twice, the first.
        .filter(({ id }) => ids.delete(id))
        .map(({ id, webhook, createdAt, dueAt }) => ({ id, webhook, delayMs: dueAt - createdAt }))
      await queue.add(turns, db)
    },
    async settle(settlements, client, queue) {
      const ours = await queue.end(settlements, client)
      const rows = settlements.map(({ id, state, dueAt, attempt }) => {
        const counts = ours.has(id) || state === 'delivered'
        const failed = counts && attempt && state !== 'delivered' ? 1 : 0
        return { id, failed, attempts: attempt ? [attempt] : [], ...(counts ? { state, dueAt } : {}) }
      })
      await client.query(
        `UPDATE ${table} AS delivery SET state = coalesce(row.state, delivery.state),
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
      for (const { id, webhook } of late) await queue.cancel(webhook, [id], client)
    },
    async fail(webhook, client, queue) {
      const isPending = `webhook = $1 AND state = 'pending'`
      const { rows } = await client.query<Row>(`SELECT id FROM ${table} WHERE ${isPending}`, [webhook])
      // The turns first, as in `settle`: two who lock in one order never wait for each other.
      await queue.cancel(
        webhook,
        rows.map(({ id }) => id),
        client,
      )
      await client.query(`UPDATE ${table} SET state = 'failed' WHERE ${isPending}`, [webhook])
    },
    async requeue(target, dueAt, client, queue) {
      const { where, values } =
        'id' in target
          ? { where: 'WHERE id = $1', values: [storable(target.id)] }
          : numberedConditionsOf(target)
      const { rows } = await client.query<Row>(`SELECT * FROM ${table} ${where} FOR UPDATE`, values)
      const isSettled = 'id' in target ? () => true : ({ state }: Row) => state !== 'pending'
      const idle: Row[] = []
      for (const row of rows.filter(isSettled)) {
        if (row.state === 'pending') {
          if (await queue.isHeld(row, client)) continue
          await queue.cancel(row.webhook, [row.id], client)
        }
        idle.push(row)
      }
      await client.query(
        `UPDATE ${table} SET state = 'pending', due_at = $1, failures = 0 WHERE id = ANY ($2)`,
        [dueAt, idle.map(({ id }) => id)],
      )
      await queue.add(
        idle.map(({ id, webhook }) => ({ id, webhook, delayMs: 0 })),
        client,
      )
      return idle.length
    },
  }
}
