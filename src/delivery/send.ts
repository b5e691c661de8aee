import ky, { HTTPError, type Options, TimeoutError } from 'ky'
import { retryAfterMs } from '../message/retry-after.ts'
import type { OutgoingRequest } from './request.ts'

/** How an attempt, with its retries in the page, ended. */
export type Outcome =
  /** Status 0: a simple request's answer can't be read. */
  | { kind: 'delivered'; status: number }
  | { kind: 'refused'; status: number }
  | { kind: 'unavailable'; retryAfterMs?: number | undefined }
  /** No answer, or none that the page may read: the network, CORS or the page's own policy. */
  | { kind: 'unreachable' }

export interface SendOptions {
  /** Whether "unreachable" is worth another try in the page. */
  retryUnreachable: boolean
  /** Each time the request is handed to the browser. */
  onStart(keepalive: boolean): void
  /** Each time its answer, or none, is known. */
  onEnd(): void
  signal?: AbortSignal
}

/** Makes one request, again where trying again may help. */
export type Send = (request: OutgoingRequest, options: SendOptions) => Promise<Outcome>

const timeoutMs = 10_000
/** Longer waits are the outbox's. */
const maxWaitMs = 15_000
const retries = 3
const tooEarly = [408, 425, 429]
const retryableStatuses = [...tooEarly, ...Array.from({ length: 100 }, (_, index) => 500 + index)]

/** What `fetch` takes with `keepalive`: 64 KiB for the whole page, and some of it may be the page's own. */
const keepaliveBudget = 60_000

/**
 * Sends through ky: its time-out, its retries with jitter, `Retry-After`.
 *
 * The first `fetch` is called in the task of the call itself, so that it is under way when the page is left.
 */
export function createSender(fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args)): Send {
  let keptAlive = 0

  return async (request, options) => {
    const { url, ...init } = request
    const size = new Blob([request.body ?? '']).size

    // Firefox forgets `keepalive` on a Request; it must be in the second argument of the fetch that sends.
    const keepaliveFetch: Options['fetch'] = async (input, init) => {
      const keepalive = keptAlive + size <= keepaliveBudget
      if (keepalive) keptAlive += size
      try {
        const answer = fetch(input, { ...init, keepalive })
        options.onStart(keepalive)
        return await answer
      } finally {
        if (keepalive) keptAlive -= size
        options.onEnd()
      }
    }

    const shouldRetry = ({ error }: { error: Error }) => {
      if (error instanceof HTTPError) return waitOf(error.response) > maxWaitMs ? false : undefined
      return error instanceof TimeoutError || options.retryUnreachable ? undefined : false
    }

    try {
      const response = await ky(url, {
        ...init,
        cache: 'no-store',
        credentials: 'omit',
        fetch: keepaliveFetch,
        timeout: timeoutMs,
        retry: {
          limit: retries,
          methods: ['get', 'post'],
          statusCodes: retryableStatuses,
          afterStatusCodes: retryableStatuses,
          jitter: true,
          retryOnTimeout: true,
          shouldRetry,
        },
        ...(options.signal && { signal: options.signal }),
      })
      drain(response)
      return { kind: 'delivered', status: response.status }
    } catch (error) {
      return outcomeOf(error)
    }
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof TimeoutError) return { kind: 'unavailable' }
  if (!(error instanceof HTTPError)) return { kind: 'unreachable' }
  const { response } = error
  drain(response)
  if (response.type === 'opaque') return { kind: 'delivered', status: 0 }
  const { status } = response
  if (status >= 500 || tooEarly.includes(status)) {
    return { kind: 'unavailable', retryAfterMs: retryAfterMs(response.headers.get('retry-after')) }
  }
  return { kind: 'refused', status }
}

function waitOf(response: Response): number {
  return retryAfterMs(response.headers.get('retry-after')) ?? 0
}

/** Chromium counts an answer that nobody reads against the keepalive budget. */
function drain(response: Response): void {
  response.text().catch(() => {
    // The answer's body is of no interest.
  })
}
