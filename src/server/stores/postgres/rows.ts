import type { Delivery } from '../store.ts'

/** A delivery as its table has it; `bigint` comes as text. */
export interface Row {
  id: string
  webhook: string
  message: string
  content: string | null
  fingerprint: string | null
  state: Delivery['state']
  created_at: string
  due_at: string
  failures: number
  attempts: string
  reason: string | null
}

/**
 * The columns of a row, by name: a newer companion may add others, and what is prepared can't take another shape.
 *
 * https://www.postgresql.org/docs/current/sql-prepare.html
 */
export const rowColumns =
  'id, webhook, message, content, fingerprint, state, created_at, due_at, failures, attempts, reason'

/** A row as a delivery. */
export function deliveryOf(row: Row): Delivery {
  const { id, webhook, state, created_at, due_at, failures, attempts, reason } = row
  const times = { createdAt: Number(created_at), dueAt: Number(due_at) }
  const delivery = {
    ...payloadOf(row),
    id,
    webhook,
    state,
    ...times,
    failures,
    attempts: JSON.parse(`[${attempts}]`),
  }
  return reason === null ? delivery : { ...delivery, reason }
}

/** What of a row is sent. */
export function payloadOf({ message, content }: Row): Pick<Delivery, 'message' | 'content'> {
  const payload = { message: JSON.parse(message) }
  return content === null ? payload : { ...payload, content: JSON.parse(content) }
}

/** A text without NUL, which PostgreSQL's texts can't have. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}

/** A user's id as the log is searched by it: an index takes no long texts. */
export function searchable(userId: string): string {
  return storable(userId).slice(0, 200)
}
