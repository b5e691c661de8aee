import type { Attempt, Claimed, Delivery, Settlement } from '../stores/store.ts'

/** What one attempt needs of a delivery. */
export type Payload = Pick<Delivery, 'message' | 'content'>

/** How an attempt went, as far as the next one is concerned. */
export type AttemptOutcome = { kind: 'delivered' } | { kind: 'gone' } | Failure

interface Failure {
  kind: 'failed'
  /** The endpoint asked us to slow down (429, 502, 504 or Retry-After). */
  throttled: boolean
  /** Up to 24 hours. */
  retryAfterMs?: number | undefined
}

/** An attempt that has been made, and how it went. */
export interface Tried {
  claimed: Claimed
  attempt: Attempt
  outcome: AttemptOutcome
}

/** What becomes of a delivery after an attempt. */
export type NextState = Pick<Settlement, 'state' | 'dueAt'>
