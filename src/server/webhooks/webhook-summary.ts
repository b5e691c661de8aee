import type { PublicWebhook } from '../../schema/admin/webhook-state.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { DisabledReason } from '../stores/store.ts'
import type { Registered } from './registry.ts'

/** A webhook as it may be shown. */
export interface WebhookSummary extends PublicWebhook {
  /** Present while it gets nothing. `at` in milliseconds since 1970. */
  disabled?: { at: number; reason: DisabledReason }
  /** When its first failure since its last success was, in milliseconds since 1970. */
  failingSince?: number
}

/** What may be shown of a webhook that is registered. */
export function summaryOf(
  { webhook, source, disabled, failingSince }: Registered,
  { signed }: { signed: boolean },
): WebhookSummary {
  const { url, headers, auth: _, secret: __, query: ___, ...shown } = webhook
  return omitUndefined({
    ...shown,
    endpoint: new URL(url).origin,
    headerNames: Object.keys(headers ?? {}),
    source,
    signed,
    disabled: disabled && { at: disabled.at, reason: disabled.reason },
    failingSince,
  })
}
