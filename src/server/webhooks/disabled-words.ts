import type { DisabledReason } from '../stores/store.ts'

/** Why a webhook is disabled, as a sentence's end. */
export const disabledWords: Readonly<Record<DisabledReason, string>> = {
  gone: 'it answered 410 Gone',
  failing: 'it has only failed for five days',
  manual: 'by an administrator',
}
