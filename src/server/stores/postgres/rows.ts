import { conditionsOf } from '../conditions.ts'
import type { Cursor, Delivery, DeliveryFilter } from '../store.ts'

/** A delivery as its table has it; `bigint` comes as text. */
export interface Row {
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

/** A row as a delivery. */
export function deliveryOf(row: Row): Delivery {
  const { id, webhook, state, created_at, due_at, failures, attempts } = row
  const times = { createdAt: Number(created_at), dueAt: Number(due_at) }
  return { ...payloadOf(row), id, webhook, state, ...times, failures, attempts }
}

/** What of a row is sent. */
export function payloadOf({ message, content }: Row): Pick<Delivery, 'message' | 'content'> {
  return content === null || content === undefined ? { message } : { message, content }
}

/** A text without NUL, which PostgreSQL's texts can't have. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}

/** A filter as SQL in PostgreSQL's way: conditions with `$1` for the first of the values, and so on. */
export function numberedConditionsOf(
  filter: DeliveryFilter,
  before?: Cursor,
): { where: string; values: (string | number)[] } {
  const { where, values } = conditionsOf(filter, before)
  let count = 0
  return {
    where: where.replaceAll('?', () => `$${++count}`),
    values: values.map(value => (typeof value === 'string' ? storable(value) : value)),
  }
}
