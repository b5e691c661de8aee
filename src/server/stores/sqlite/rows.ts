import { clearedMessage, withoutAnswer } from '../content.ts'
import type { DeliveryFilter } from '../log-query.ts'
import type { Delivery, HourCount } from '../store.ts'
import type { Row } from './log.ts'

/** Names rows that were found, and what must still hold of them when they are changed. */
export type Matching = Record<'rowids' | 'oldest' | 'newest' | 'state' | 'userId', string | number | null>

/** What a change of rows that were found is given. */
export function matchingOf(rows: readonly Row[], { state, userId }: DeliveryFilter): Matching {
  const times = rows.map(({ created_at }) => Number(created_at))
  return {
    rowids: rowidsOf(rows),
    oldest: Math.min(...times),
    newest: Math.max(...times),
    state: state ?? null,
    userId: userId ?? null,
  }
}

/** Their numbers, as a JSON list. */
export function rowidsOf(rows: readonly Row[]): string {
  return JSON.stringify(rows.map(({ rowid }) => rowid))
}

/** A row without what it says of anybody. */
export function clearedRow(row: Row) {
  const { message, attempts } = deliveryOf(row)
  const logged = attempts.map(attempt => JSON.stringify(withoutAnswer(attempt)))
  return { rowid: Number(row.rowid), message: JSON.stringify(clearedMessage(message)), attempts: logged.join() }
}

/** A row as a delivery. */
export function deliveryOf(row: Row): Delivery {
  return {
    ...payloadOf(row),
    id: String(row.id),
    webhook: String(row.webhook),
    state: row.state as Delivery['state'],
    createdAt: Number(row.created_at),
    dueAt: Number(row.due_at),
    failures: Number(row.failures),
    attempts: JSON.parse(`[${row.attempts}]`),
    ...(row.reason === null ? {} : { reason: String(row.reason) }),
  }
}

/** What makes a row's content the same as another's. */
export function contentOf(row: Row = {}) {
  return { ...payloadOf(row), ...(row.fingerprint === null ? {} : { fingerprint: String(row.fingerprint) }) }
}

/** What of a row is sent. */
export function payloadOf({ message, content }: Row): Pick<Delivery, 'message' | 'content'> {
  const payload = { message: JSON.parse(String(message)) }
  return content === null ? payload : { ...payload, content: JSON.parse(String(content)) }
}

/** An hour's row as a count. */
export function hourCountOf({ hour, webhook, outcome, attempts, duration_ms }: Row): HourCount {
  return {
    hour: Number(hour),
    webhook: String(webhook),
    outcome: outcome as HourCount['outcome'],
    attempts: Number(attempts),
    durationMs: Number(duration_ms),
  }
}
