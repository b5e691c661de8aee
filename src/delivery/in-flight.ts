import type { Outbox, OutboxDelivery } from './outbox.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import type { OutgoingRequest } from './request.ts'
import { isControlled, isInvented } from './service-worker.ts'

/** The requests that this page has under way, and what becomes of them when it is left. */
export interface InFlight {
  /**
   * Makes a request of a delivery that this tab has leased, in the task of the call. When its way `isKnown` to work,
   * it may be left to the browser, since it goes on though the page goes.
   *
   * @returns what came of it; `undefined` when another page has the delivery now, or nobody.
   */
  send(delivery: OutboxDelivery, request: OutgoingRequest, isKnown: boolean): Promise<Outcome | undefined>
  /** The page is being left: what the browser sends on anyway is not sent again. */
  leave(): void
  /** The page is back. */
  resume(): void
  /** Breaks off what is under way. */
  abort(): void
}

export interface InFlightOptions {
  outbox: Outbox
  /** What requests go through. */
  fetch: typeof globalThis.fetch
  /** The page's as it was at first, for the repeat of what went through one that threw. */
  keptFetch: typeof globalThis.fetch
}

interface Flight {
  delivery: OutboxDelivery
  controller: AbortController
  /** Whether the browser sends it though the page goes; it may break off any other. */
  isSafe: boolean
  /** Whether the browser alone has had it since the page was left. */
  isLeft?: boolean
}

const timeoutMs = 10_000

/** What `fetch` takes with `keepalive`: 64 KiB for the whole page, and some of it may be the page's own. */
const keepaliveBudget = 60_000

export function createInFlight({ outbox, fetch, keptFetch }: InFlightOptions): InFlight {
  const flights = new Set<Flight>()
  let isLeaving = false
  let keptAlive = 0

  async function send(
    delivery: OutboxDelivery,
    request: OutgoingRequest,
    isKnown: boolean,
  ): Promise<Outcome | undefined> {
    const size = new TextEncoder().encode(request.body).length
    const keepalive = keptAlive + size <= keepaliveBudget
    const counted = keepalive ? size : 0
    const controller = new AbortController()
    // What has failed before may fail again.
    const isSafe = isKnown && keepalive && delivery.notBefore === undefined
    const flight: Flight = { delivery, controller, isSafe }
    flights.add(flight)
    keptAlive += counted
    const timer = setTimeout(() => controller.abort(), timeoutMs)
    const outcome = await follow(flight, request, {
      keepalive,
      fetch: delivery.isUnanswered ? keptFetch : fetch,
    })
    clearTimeout(timer)
    keptAlive -= counted
    flights.delete(flight)
    // The page is back, and has seen itself what has come of it.
    if (flight.isLeft && outcome.kind !== 'sent') outbox.lease(delivery)
    // Another page may have said already what has become of it, or may be about to.
    const isOurs = outcome.kind === 'retrying' ? outbox.renew(delivery) : outbox.has(delivery.message.id)
    return isOurs || (flight.isLeft && outcome.kind === 'sent') ? outcome : undefined
  }

  async function follow(
    flight: Flight,
    { url, ...request }: OutgoingRequest,
    { keepalive, fetch }: { keepalive: boolean; fetch: typeof globalThis.fetch },
  ): Promise<Outcome> {
    const { signal } = flight.controller
    try {
      const answer = fetch(url, {
        ...request,
        // A simple request can only follow.
        redirect: request.mode === 'cors' ? 'manual' : 'follow',
        cache: 'no-store',
        credentials: 'omit',
        keepalive,
        signal,
      })
      if (isLeaving) leave()
      // A page may have put a `fetch` there that takes no notice of its signal.
      const response = await Promise.race([
        answer,
        new Promise<never>((_, reject) => {
          signal.onabort = reject
        }),
      ])
      // Or one that resolves to anything.
      if (typeof response?.ok !== 'boolean' || typeof response.status !== 'number') throw response
      return isControlled() && isInvented(response, new URL(url, document.baseURI), location.origin)
        ? { kind: 'retrying', reason: 'intercepted' }
        : outcomeOf(response)
    } catch (error) {
      // `close()` breaks off what goes on in that task, though the browser sends it; `pagehide` comes some
      // 100 ms later in Chromium. Anything else that leaves the page comes before `pagehide`, in the same
      // task or the next.
      if (window.closed === true) leave()
      else await new Promise(resolve => setTimeout(resolve, 50))
      if (flight.isLeft) return { kind: 'sent' }
      return signal.aborted ? { kind: 'retrying', reason: 'timeout' } : outcomeOfError(error)
    }
  }

  function leave(): void {
    isLeaving = true
    for (const flight of flights) {
      const { delivery, controller, isSafe } = flight
      if (!isSafe || !navigator.onLine) continue
      // Another page has it.
      if (!outbox.renew(delivery)) controller.abort()
      else {
        flight.isLeft = true
        outbox.remove(delivery.message.id)
      }
    }
    outbox.leave()
  }

  return {
    send,
    leave,
    resume() {
      isLeaving = false
      outbox.takeUp()
    },
    abort() {
      for (const { controller } of flights) controller.abort()
    },
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
