import { isDeepStrictEqual } from 'node:util'
import type { Attempt, Delivery, NewDelivery } from './store.ts'

/** What is compared of two deliveries of one key. */
export type DeliveryContent = Pick<NewDelivery, 'message' | 'content' | 'fingerprint'>

/** Whether a delivery says what another of its key has said already. */
export function isSameContent(kept: DeliveryContent, given: DeliveryContent): boolean {
  if (kept.fingerprint !== undefined && given.fingerprint !== undefined) {
    return kept.fingerprint === given.fingerprint
  }
  return isDeepStrictEqual([kept.message, kept.content], [given.message, given.content])
}

/** The message without what it said and the user it was about. */
export function clearedMessage({ id, timestamp, name, events }: Delivery['message']): Delivery['message'] {
  return { id, timestamp, name, userId: null, events: events.map(({ name }) => ({ name })), data: {} }
}

/** An attempt without what the endpoint said: it may quote what it was sent. */
export function withoutAnswer({ answer: _, ...attempt }: Attempt): Attempt {
  return attempt
}

/** The names of a message's events as a sorted set, `,a,b,`: what the log is searched by. */
export function eventSetOf({ events }: Delivery['message']): string {
  return `,${[...new Set(events.map(({ name }) => name))].sort().join()},`
}
