import type { Webhook } from '../../schema/webhook.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { DisabledReason } from '../stores/store.ts'
import type { Registered } from './registry.ts'

/** What may be shown of a webhook: of its address the origin, of its headers the names, no secret. */
export interface WebhookSummary
  extends Pick<
    Webhook,
    | 'id'
    | 'name'
    | 'method'
    | 'transport'
    | 'events'
    | 'contents'
    | 'data'
    | 'body'
    | 'anyData'
    | 'concurrency'
    | 'ratePerSecond'
  > {
  /** The origin of its URL. */
  endpoint: string
  /** Names of its extra headers. */
  headerNames: string[]
  /** Whether it stands in the config, or was made at run time. */
  source: 'config' | 'runtime'
  /** Whether its messages are signed. */
  signed: boolean
  /** Present while it gets nothing. `at` in milliseconds since 1970. */
  disabled?: { at: number; reason: DisabledReason }
  /** When its first failure since its last success was, in milliseconds since 1970. */
  failingSince?: number
}

/** A webhook as it may be shown. */
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
