import type { DeliveryFilter } from './log-query.ts'
import type { Delivery } from './store.ts'

/** Whether a delivery is one that a filter asks for. */
export function matches(
  delivery: Delivery,
  { id, webhook, state, event, userId, since, until }: DeliveryFilter,
): boolean {
  return (
    (id === undefined || delivery.id === id) &&
    (webhook === undefined || delivery.webhook === webhook) &&
    (state === undefined || delivery.state === state) &&
    (event === undefined || delivery.message.events.some(({ name }) => name === event)) &&
    (userId === undefined || delivery.message.userId === userId) &&
    (since === undefined || delivery.createdAt >= since) &&
    (until === undefined || delivery.createdAt < until)
  )
}
