import { type Outcome, outcomeOf } from './outcome.ts'
import type { OutgoingRequest } from './request.ts'
import { isControlled, isInvented } from './service-worker.ts'

export interface SendOptions {
  /** Hands the request to the browser, in the task of the call. */
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Breaks the request off. */
  signal: AbortSignal
}

/** Sends one request; resolves with what came of it. */
export type Send = (request: OutgoingRequest, options: SendOptions) => Promise<Outcome>

const timeoutMs = 10_000

/** What `fetch` takes with `keepalive`: 64 KiB for the whole page, and some of it may be the page's own. */
const keepaliveBudget = 60_000

/** Sends a page's requests: each has ten seconds, and goes on after the page as long as there is room for that. */
export function createSender(): Send {
  let keptAlive = 0

  return async ({ url, ...request }, { fetch, signal }) => {
    const size = new TextEncoder().encode(request.body).length
    const keepalive = keptAlive + size <= keepaliveBudget
    const counted = keepalive ? size : 0
    const controller = new AbortController()
    const abort = () => controller.abort()
    const timer = setTimeout(abort, timeoutMs)
    signal.addEventListener('abort', abort)
    keptAlive += counted
    try {
      const response = await fetch(url, {
        ...request,
        // A simple request can only follow.
        redirect: request.mode === 'cors' ? 'manual' : 'follow',
        cache: 'no-store',
        credentials: 'omit',
        keepalive,
        signal: controller.signal,
      })
      // A page may have put a `fetch` there that resolves to anything.
      if (typeof response?.ok !== 'boolean' || typeof response.status !== 'number') throw response
      return isControlled() && isInvented(response, new URL(url, document.baseURI), location.origin)
        ? { kind: 'retrying', reason: 'intercepted' }
        : outcomeOf(response)
    } catch (error) {
      if (controller.signal.aborted) return { kind: 'retrying', reason: 'timeout' }
      return outcomeOfError(error)
    } finally {
      keptAlive -= counted
      signal.removeEventListener('abort', abort)
      clearTimeout(timer)
    }
  }
}

/** What a rejected `fetch` says: the browser's own rejects with a TypeError, one that the page has wrapped with anything. */
function outcomeOfError(error: unknown): Outcome {
  const { name, response } = Object(error) as { name?: string; response?: unknown }
  if (response instanceof Response) return outcomeOf(response)
  return name === 'TypeError'
    ? { kind: 'retrying', reason: 'unreachable' }
    : { kind: 'retrying', reason: 'unanswered', cause: error || 'no response' }
}
