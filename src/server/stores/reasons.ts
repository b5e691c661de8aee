import { StoreError } from './store-error.ts'

/** Why a delivery failed that nobody tried to the end. */
export const removedReason = 'its webhook was removed'
/** See `removedReason`. */
export const canceledReason = 'canceled'
/** See `removedReason`. */
export const forgottenReason = 'its user was forgotten'

/** What is said where `apply` needs more room than there is. */
export function tooMuchState(): StoreError {
  return new StoreError(
    'The store keeps as much about users as it may (mostStateBytes): raise that, or forget users sooner',
  )
}
