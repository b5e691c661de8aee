import type { Outbox, OutboxDelivery } from './outbox.ts'
import type { Outcome } from './outcome.ts'
import type { Deliver } from './transport.ts'

/** The deliveries that this page is sending, and what becomes of them when it is left. */
export interface InFlight {
  /**
   * Sends a delivery that this tab has leased; the request is handed to the browser in the same task.
   *
   * @returns what it has come to: `retrying` when it is back in the outbox, `undefined` when another page has it now.
   * @throws {TypeError} (rejects) when it can't be sent at all.
   */
  send(delivery: OutboxDelivery): Promise<Outcome | undefined>
  /** The page is being left: what the browser sends on anyway is not sent again. */
  leave(): void
  /** The page is back. */
  resume(): void
  /** Breaks off what is under way. */
  abort(): void
}

export interface InFlightOptions {
  outbox: Outbox
  deliver: Deliver
  /** What requests go through. */
  fetch: typeof globalThis.fetch
}

interface Flight {
  delivery: OutboxDelivery
  controller: AbortController
  /** What the browser does with the request that it has, as the page goes: it may break it off, or sends it. */
  request?: 'breakable' | 'safe' | undefined
  /** Who has it since the page was left: the browser alone, or the outbox, for whichever page comes next. */
  leftTo?: 'browser' | 'outbox' | undefined
}

/** How long what may have arrived is left alone before its only repeat. */
const unansweredWaitMs = 30_000

export function createInFlight({ outbox, deliver, fetch }: InFlightOptions): InFlight {
  const flights = new Set<Flight>()
  let isLeaving = false

  async function send(delivery: OutboxDelivery): Promise<Outcome | undefined> {
    const controller = new AbortController()
    const { signal } = controller
    const flight: Flight = { delivery, controller }
    flights.add(flight)
    try {
      const outcome = await deliver(delivery, { signal, fetch: guarded(flight) })
      if (signal.aborted) return undefined
      if (outcome.kind === 'retrying') return takeAgain(flight) ? putBack(delivery, outcome) : undefined
      // No other page has said yet what has become of it.
      return flight.leftTo === 'browser' || outbox.has(delivery.message.id) ? outcome : undefined
    } finally {
      flights.delete(flight)
    }
  }

  /** A `fetch` that keeps account of where the delivery stands. */
  function guarded(flight: Flight): Parameters<Deliver>[1]['fetch'] {
    const { controller } = flight
    const { signal } = controller
    return async (url, init, isSafe) => {
      if (!takeAgain(flight)) controller.abort()
      if (signal.aborted) throw signal.reason
      // What has failed before may fail again.
      flight.request = isSafe && flight.delivery.notBefore === undefined ? 'safe' : 'breakable'
      const answer = heeding(fetch, url, init)
      if (isLeaving) leaveBehind(flight)
      try {
        return await answer
      } catch (error) {
        // `close()` breaks off what goes on in that task, though the browser sends it; `pagehide` comes some
        // 100 ms later in Chromium. Anything else that leaves the page comes before `pagehide`, in the same
        // task or the next.
        if (window.closed === true) leaveBehind(flight)
        else await new Promise(resolve => setTimeout(resolve, 50))
        if (flight.leftTo === 'browser') return unseenAnswer()
        if (flight.leftTo) controller.abort()
        throw error
      } finally {
        flight.request = undefined
      }
    }
  }

  function leaveBehind(flight: Flight): void {
    const { delivery, controller, request, leftTo } = flight
    if (leftTo) return
    if (!outbox.renew(delivery)) {
      // Another page has it.
      controller.abort()
      return
    }
    if (request === 'safe' && navigator.onLine) {
      flight.leftTo = 'browser'
      outbox.remove(delivery.message.id)
      return
    }
    // The next page sends it and need not wait for the lease; this one, if it comes back, does not try again.
    flight.leftTo = 'outbox'
    outbox.release(delivery)
    if (!request) controller.abort()
  }

  function takeAgain(flight: Flight): boolean {
    const { delivery, leftTo } = flight
    // What went back to the outbox has its lease no more.
    if (leftTo !== 'browser') return outbox.renew(delivery)
    // The page is back, and has seen that what it had left to the browser failed.
    flight.leftTo = undefined
    outbox.lease(delivery)
    return true
  }

  /** Back into the outbox, for the next round; what may have arrived is repeated once. */
  function putBack(delivery: OutboxDelivery, outcome: Outcome): Outcome {
    const { reason, retryAfterMs = 0 } = outcome
    const isUnanswered = reason === 'unanswered'
    if (isUnanswered && delivery.isUnanswered) return { kind: 'failed', reason }
    delivery.isUnanswered ||= isUnanswered
    // Another page may see the answer, and need not wait.
    outbox.release(delivery, retryAfterMs, isUnanswered ? unansweredWaitMs : retryAfterMs)
    return outcome
  }

  return {
    send,
    leave() {
      isLeaving = true
      flights.forEach(leaveBehind)
      outbox.letGo()
    },
    resume() {
      isLeaving = false
      outbox.takeUp()
    },
    abort() {
      for (const { controller } of flights) controller.abort()
    },
  }
}

/** Calls `fetch`, and rejects when it is broken off, though a page has put a `fetch` there that takes no notice. */
async function heeding(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
  const { signal } = init
  return Promise.race([
    fetch(url, init),
    new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  ])
}

/** Stands for the answer to what the browser has sent while the page was away: none that can be read. */
function unseenAnswer(): Response {
  return Object.defineProperty(new Response(), 'type', { value: 'opaque' })
}
