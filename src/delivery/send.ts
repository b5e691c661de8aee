import { waitAfter } from './backoff.ts'
import { outcomeOf, type SendOutcome } from './outcome.ts'
import type { OutgoingRequest } from './request.ts'

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

/** What `fetch` takes with `keepalive`: 64 KiB for the whole page, and some of it may be the page's own. */
const keepaliveBudget = 60_000

/** Sends; the first `fetch` is called in the task of the call itself, so that it is under way when the page is left. */
export function createSender(fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args)): Send {
  let keptAlive = 0

  async function attempt(
    { url, ...request }: OutgoingRequest,
    { onFetch, signal }: SendOptions,
  ): Promise<SendOutcome> {
    const size = new TextEncoder().encode(request.body).length
    const keepalive = keptAlive + size <= keepaliveBudget
    const counted = keepalive ? size : 0
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(), timeoutMs)
    const abort = () => timeout.abort()
    signal.addEventListener('abort', abort)
    keptAlive += counted
    try {
      const init: RequestInit = {
        ...request,
        cache: 'no-store',
        credentials: 'omit',
        keepalive,
        signal: timeout.signal,
      }
      return outcomeOf(await onFetch(() => fetch(url, init), keepalive))
    } catch {
      // No answer came in time, or there is none that the page may see.
      return { kind: timeout.signal.aborted ? 'unavailable' : 'unreachable' }
    } finally {
      keptAlive -= counted
      signal.removeEventListener('abort', abort)
      clearTimeout(timer)
    }
  }

  return async (request, options) => {
    const { retryUnreachable, signal } = options
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await attempt(request, options)
      const isOver = outcome.kind === 'unreachable' && retryUnreachable
      const wait = waitAfter(isOver ? { kind: 'unavailable' } : outcome, attempts)
      if (wait === undefined || signal.aborted) return outcome
      await new Promise(resolve => setTimeout(resolve, wait))
    }
  }
}
