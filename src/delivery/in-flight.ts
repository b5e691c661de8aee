import type { Outbox, OutboxDelivery } from './outbox.ts'
import type { Deliver, DeliverOutcome } from './transport.ts'

/** The deliveries that this page is sending, and what becomes of them when it is left. */
export interface InFlight {
  /**
   * Sends a delivery that this tab has leased; the request is handed to the browser in the same task.
   *
   * @returns how it was settled; `undefined` while it waits in the outbox.
   * @throws {TypeError} (rejects) when it can't be sent at all.
   */
  send(delivery: OutboxDelivery): Promise<Settled | undefined>
  /** The page is being left: what the browser sends on anyway is not sent again. */
  leave(): void
  /** The page is back. */
  resume(): void
  /** Breaks off what is under way. */
  abort(): void
}

export type Settled = Exclude<DeliverOutcome, { kind: 'unavailable' }>

export function createInFlight(outbox: Outbox, transfer: Deliver): InFlight {
  const underWay = new Set<{ leave(): void; abort(): void }>()
  let isLeaving = false

  async function send(delivery: OutboxDelivery): Promise<Settled | undefined> {
    if (!navigator.onLine) {
      outbox.release(delivery)
      return undefined
    }
    const controller = new AbortController()
    const { signal } = controller
    let state: 'idle' | 'sending' | 'safe' = 'idle'
    let isRetry = false
    let left: 'handed over' | 'released' | undefined
    const leave = () => {
      if (state === 'safe' && navigator.onLine) {
        left = 'handed over'
        outbox.remove(delivery.message.id)
        return
      }
      // The next page sends it and need not wait for the lease; this one, if it comes back, does not try again.
      if (takeAgain()) outbox.release(delivery)
      left = 'released'
      if (state === 'idle') controller.abort()
    }
    /** Whether it is still this tab's, to be sent again. */
    const takeAgain = () => {
      if (left !== 'handed over') return outbox.renew(delivery)
      // The page is back, and has seen that it failed.
      left = undefined
      outbox.lease(delivery)
      return true
    }
    const own = { leave, abort: () => controller.abort() }
    underWay.add(own)
    try {
      const outcome = await transfer(delivery, {
        signal,
        async onFetch(fetch, isSafe) {
          if (isRetry && !takeAgain()) controller.abort()
          signal.throwIfAborted()
          isRetry = true
          const answer = fetch()
          state = isSafe ? 'safe' : 'sending'
          if (isLeaving) leave()
          try {
            return await answer
          } catch (error) {
            // `close()` breaks off what goes on in that task, though the browser sends it; `pagehide` comes some
            // 100 ms later in Chromium. Anything else that leaves the page comes before `pagehide`, in the same
            // task or the next.
            if (window.closed === true) leave()
            else await new Promise(resolve => setTimeout(resolve, 50))
            if (left === 'handed over') return new Response()
            if (left) controller.abort()
            throw error
          } finally {
            state = 'idle'
          }
        },
      })
      if (signal.aborted) return undefined
      if (outcome.kind === 'unavailable') {
        if (takeAgain()) outbox.release({ ...delivery, notBefore: Date.now() + (outcome.retryAfterMs ?? 0) })
        return undefined
      }
      return left === 'handed over' ? { ...outcome, status: 0 } : outcome
    } finally {
      underWay.delete(own)
    }
  }

  return {
    send,
    leave() {
      isLeaving = true
      for (const { leave } of underWay) leave()
    },
    resume() {
      isLeaving = false
    },
    abort() {
      for (const { abort } of underWay) abort()
    },
  }
}
