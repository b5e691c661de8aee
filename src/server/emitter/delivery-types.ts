import type { Attempt, Claimed, Delivery, Settlement } from '../stores/store.ts'
import type { AttemptOutcome } from './retry-policy.ts'

/** What one attempt needs of a delivery. */
export type Payload = Pick<Delivery, 'message' | 'content'>

/** An attempt that has been made, and how it went. */
export interface Tried {
  claimed: Claimed
  attempt: Attempt
  outcome: AttemptOutcome
}

/** What becomes of a delivery after an attempt. */
export type NextState = Pick<Settlement, 'state' | 'dueAt'>
