import ky, { HTTPError, TimeoutError } from 'ky'
import { retryAfterMs } from '../values/retry-after.ts'
import type { OutgoingRequest } from './request.ts'

/** How an attempt, with its retries in the page, has ended. */
export type SendOutcome =
  /** Status 0: a simple request's answer can't be read. */
  | { kind: 'delivered'; status: number }
  | { kind: 'refused'; status: number }
  | { kind: 'unavailable'; retryAfterMs?: number | undefined }
  /** No answer, or none that the page may read: the network, CORS or the page's own policy. */
  | { kind: 'unreachable' }

export interface SendOptions {
  /** Whether "unreachable" is worth another try in the page. */
  retryUnreachable: boolean
  /** Hands the request to the browser, each time; returns the answer to go by. */
  onFetch(fetch: () => Promise<Response>, keepalive: boolean): Promise<Response>
  signal: AbortSignal
}

/** Makes one request, again where trying again may help. */
export type Send = (request: OutgoingRequest, options: SendOptions) => Promise<SendOutcome>

const timeoutMs = 10_000
/** Longer waits are the outbox's. */
const maxWaitMs = 15_000
const retries = 3
const retryableStatuses = [408, 425, 429, ...Array.from({ length: 100 }, (_, index) => 500 + index)]

/** What `fetch` takes with `keepalive`: 64 KiB for the whole page, and some of it may be the page's own. */
const keepaliveBudget = 60_000

/**
 * Sends through ky: its time-out, its retries with jitter, `Retry-After`.
 *
 * The first `fetch` is called in the task of the call itself, so that it is under way when the page is left.
 */
export function createSender(fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args)): Send {
  let keptAlive = 0

  return async ({ url, ...request }, { retryUnreachable, onFetch, signal }) => {
    const size = new TextEncoder().encode(request.body).length

    // ky decides when; what it is given has no body, of which it would make a copy for each retry.
    const handOver = async (signal: AbortSignal) => {
      const keepalive = keptAlive + size <= keepaliveBudget
      const counted = keepalive ? size : 0
      keptAlive += counted
      try {
        const init: RequestInit = { ...request, cache: 'no-store', credentials: 'omit', keepalive, signal }
        return await onFetch(() => fetch(url, init), keepalive)
      } finally {
        keptAlive -= counted
      }
    }

    try {
      const response = await ky(url, {
        method: request.method,
        fetch: input => handOver((input as Request).signal),
        signal,
        timeout: timeoutMs,
        retry: {
          limit: retries,
          methods: ['get', 'post'],
          statusCodes: retryableStatuses,
          afterStatusCodes: retryableStatuses,
          jitter: true,
          // ky heeds rate-limit headers, too, which may name an hour; by then the lease has run out.
          maxRetryAfter: maxWaitMs,
          retryOnTimeout: true,
          shouldRetry({ error }) {
            if (error instanceof HTTPError) return (waitOf(error.response) ?? 0) > maxWaitMs ? false : undefined
            return error instanceof TimeoutError || retryUnreachable ? undefined : false
          },
        },
      })
      return outcomeOf(response)
    } catch (error) {
      if (error instanceof HTTPError) return outcomeOf(error.response)
      return { kind: error instanceof TimeoutError ? 'unavailable' : 'unreachable' }
    }
  }
}

function outcomeOf(response: Response): SendOutcome {
  const { ok, status, type } = response
  // Chromium counts an answer that nobody reads against the keepalive budget.
  response.text().catch(() => 'the answer is of no interest')
  if (ok || type === 'opaque') return { kind: 'delivered', status }
  if (retryableStatuses.includes(status)) return { kind: 'unavailable', retryAfterMs: waitOf(response) }
  return { kind: 'refused', status }
}

function waitOf({ headers }: Response): number | undefined {
  return retryAfterMs(headers.get('retry-after'))
}
