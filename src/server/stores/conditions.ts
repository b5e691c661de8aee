import type { Cursor, DeliveryFilter } from './store.ts'

/** A filter as SQL: conditions with `?` for each of the values. */
export function conditionsOf(
  { webhook, state, event, userId, since, until }: DeliveryFilter,
  before?: Cursor,
): { where: string; values: (string | number)[] } {
  const conditions: [string, ...(string | number)[]][] = [
    ...given('webhook = ?', webhook),
    ...given('state = ?', state),
    ...given('events LIKE ?', event && `%,${event.replaceAll('_', '\\_')},%`).map(
      ([condition, value]): [string, string] => [`${condition} ESCAPE '\\'`, value],
    ),
    ...given('user_id = ?', userId),
    ...given('created_at >= ?', since),
    ...given('created_at < ?', until),
  ]
  if (before) conditions.push(['(created_at, id) < (?, ?)', before.createdAt, before.id])
  const texts = conditions.map(([condition]) => condition)
  return {
    where: `WHERE ${['true', ...texts].join(' AND ')}`,
    values: conditions.flatMap(([, ...values]) => values),
  }
}

function given<T extends string | number>(condition: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[condition, value]]
}
