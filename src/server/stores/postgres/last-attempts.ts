import { lastAttemptOf, newestLookedAt } from '../last-attempt.ts'
import type { LastAttempt } from '../store.ts'
import type { Connection } from './connection.ts'
import { storable } from './rows.ts'

/** The last attempt at each of these webhooks, all with one statement. */
export async function lastAttemptsAt(
  { query }: Pick<Connection, 'query'>,
  schema: string,
  webhooks: readonly string[],
): Promise<Map<string, LastAttempt>> {
  const table = `${schema}.deliveries`
  const { rows } = await query(
    `SELECT one.place, (
      WITH RECURSIVE sets (events) AS (
        SELECT min(events) FROM ${table} WHERE webhook = one.webhook
        UNION ALL
        SELECT (SELECT min(events) FROM ${table} WHERE webhook = one.webhook AND events > sets.events)
        FROM sets WHERE events IS NOT NULL)
      SELECT string_agg(attempts, ',') FROM sets CROSS JOIN LATERAL (
        SELECT attempts FROM ${table} WHERE webhook = one.webhook AND events = sets.events
        ORDER BY created_at DESC LIMIT ${newestLookedAt}) AS newest
      WHERE attempts <> '') AS attempts
    FROM unnest($1::text[]) WITH ORDINALITY AS one (webhook, place)`,
    [webhooks.map(storable)],
    { flush: false },
  )
  const found = new Map<string, LastAttempt>()
  for (const { place, attempts } of rows) {
    const webhook = webhooks[Number(place) - 1]
    const last = lastAttemptOf(attempts ?? '')
    if (webhook !== undefined && last) found.set(webhook, last)
  }
  return found
}
