import { retryAfterMs } from '../values/retry-after.ts'
import type { TransportMode } from './transport-memory.ts'

/** Why a message waits for its next try. */
export type RetryReason =
  /** The endpoint said so: 408, 425, 429 or 5xx. */
  | 'busy'
  /** No answer within 10 seconds. */
  | 'timeout'
  /** No connection, or an answer that the page may not read. */
  | 'unreachable'
  /** The same, while the browser says that it is offline. */
  | 'offline'
  /** The page's Content-Security-Policy does not allow it. */
  | 'blocked'
  /** A service worker of the page has answered in the endpoint's place. */
  | 'intercepted'
  /** It may have arrived, but this page does not get to see the answer. */
  | 'unanswered'

/** Why a message will not be sent again. */
export type FailReason =
  /** The endpoint said so, or it redirects. */
  | 'refused'
  /** It is older than 72 hours. */
  | 'expired'
  /** It had to make room for newer ones. */
  | 'dropped'
  /** No request can be made of it. */
  | 'invalid'
  /** It was sent twice, and the page does not get to see the answer. */
  | 'unanswered'

/** How a delivery has fared. */
export interface Outcome {
  /** The event that announces it; `sent` is one whose answer can't be read. */
  kind: 'delivered' | 'sent' | 'failed' | 'retrying'
  /** Why it has failed, or has to wait; without one, it waits for a page that knows its webhook. */
  reason?: FailReason | RetryReason
  /** What the endpoint itself has said; not that of a redirect, which a page can't see. */
  status?: number
  /** How long the endpoint wants to be left alone. */
  retryAfterMs?: number | undefined
  /** Where a redirect leads, where that can be seen. */
  address?: string
  /** What the page's own `fetch` threw. */
  cause?: unknown
  transport?: TransportMode
}

/** What an answer says; its body is read and forgotten. */
export function outcomeOf(response: Response): Outcome {
  const { ok, status, type, headers, redirected, url } = response
  // Chromium counts an answer that nobody reads against the keepalive budget; what it says is of no interest.
  response.text().catch(() => {})
  if (type === 'opaque') return { kind: 'sent' }
  if (type === 'error') return { kind: 'retrying', reason: 'unreachable' }
  // Following it would turn a POST into an empty GET.
  if (redirected || type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    // Only a page that wraps `fetch` may know where to; its query may hold the message.
    return { kind: 'failed', reason: 'refused', address: redirected ? `: ${url.replace(/[?#].*/, '')}` : '' }
  }
  if (ok) return { kind: 'delivered', status }
  // Too early, too many, or not up to it just now.
  if (status < 500 && ![408, 425, 429].includes(status)) return { kind: 'failed', reason: 'refused', status }
  return { kind: 'retrying', reason: 'busy', status, retryAfterMs: retryAfterMs(headers.get('retry-after')) }
}
