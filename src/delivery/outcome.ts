import { retryAfterMs } from '../values/retry-after.ts'

/** How an attempt, with its retries in the page, has ended. */
export type SendOutcome =
  /** Status 0: a simple request's answer can't be read. */
  | { kind: 'delivered'; status: number }
  | { kind: 'refused'; status: number }
  | { kind: 'unavailable'; retryAfterMs?: number | undefined }
  /** No answer, or none that the page may read: the network, CORS or the page's own policy. */
  | { kind: 'unreachable' }

/** What an answer says; its body is read and forgotten. */
export function outcomeOf(response: Response): SendOutcome {
  const { ok, status, type, headers } = response
  // Chromium counts an answer that nobody reads against the keepalive budget.
  response.text().catch(() => 'the answer is of no interest')
  if (ok || type === 'opaque') return { kind: 'delivered', status }
  if (isRetryable(status))
    return { kind: 'unavailable', retryAfterMs: retryAfterMs(headers.get('retry-after')) }
  return { kind: 'refused', status }
}

/** Too early, too many, or not up to it just now. */
function isRetryable(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}
