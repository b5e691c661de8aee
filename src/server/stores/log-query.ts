import type { MessageEvent } from '../../message/message.ts'

/** How a delivery stands: still to be sent, arrived, or given up. */
export type DeliveryState = 'pending' | 'delivered' | 'failed'

/** What a delivery is known by: a message may travel to several webhooks under one id. */
export interface DeliveryKey {
  /** The webhook's id. */
  webhook: string
  /** The message's, and the `webhook-id` of each attempt. */
  id: string
}

/** Which deliveries to look at; all conditions must hold. Times in milliseconds since 1970, `until` excluded. */
export interface DeliveryFilter {
  /** Those of this message, by its id. */
  id?: string | undefined
  /** Those to this webhook, by its id. */
  webhook?: string | undefined
  /** Those that stand so. */
  state?: DeliveryState | undefined
  /** Those with such an event. */
  event?: MessageEvent['name'] | undefined
  /** Those of this user. */
  userId?: string | undefined
  /** Those that were queued at that time or later, in milliseconds since 1970. */
  since?: number | undefined
  /** Those that were queued before that time, in milliseconds since 1970. */
  until?: number | undefined
}

/** A place in a list that is sorted by time, the newest first. */
export interface Cursor extends DeliveryKey {
  /** When it was queued, in milliseconds since 1970. */
  createdAt: number
}
