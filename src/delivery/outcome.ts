import { retryAfterMs } from '../values/retry-after.ts'

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

/** How one request has fared: what the endpoint said, or that it said nothing. */
export type SendOutcome =
  | { kind: 'delivered'; status: number }
  /** Handed over by a way whose answer can't be read. */
  | { kind: 'sent' }
  | { kind: 'refused'; status: number }
  /** It names another address (3xx), which is not followed: that would turn a POST into an empty GET. */
  | { kind: 'redirected'; address?: string | undefined }
  | { kind: 'unavailable'; reason?: RetryReason; status?: number; retryAfterMs?: number | undefined }
  /** No answer, or none that the page may read: the network, CORS or the page's own policy. */
  | { kind: 'unreachable' }
  /** It may have arrived: what keeps the answer from the page is the page itself. */
  | { kind: 'unanswered'; cause?: unknown }

/** What an answer says; its body is read and forgotten. */
export function outcomeOf(response: Response): SendOutcome {
  const { ok, status, type, headers } = response
  // Chromium counts an answer that nobody reads against the keepalive budget.
  response.text().catch(() => 'the answer is of no interest')
  if (type === 'opaque') return { kind: 'sent' }
  if (type === 'error') return { kind: 'unreachable' }
  // Only a page that wraps `fetch` may know where to; its query may hold the message.
  if (response.redirected) return { kind: 'redirected', address: `: ${response.url.replace(/[?#].*/, '')}` }
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return { kind: 'redirected' }
  if (ok) return { kind: 'delivered', status }
  if (!isRetryable(status)) return { kind: 'refused', status }
  return { kind: 'unavailable', reason: 'busy', status, retryAfterMs: retryAfterMs(headers.get('retry-after')) }
}

/** Too early, too many, or not up to it just now. */
function isRetryable(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}
