import type { Emit } from '../events.ts'
import type { Message } from '../message/message.ts'
import type { Activity } from '../schema/activity.ts'
import { noFailures, retryDelayMs } from './backoff.ts'
import { createInFlight } from './in-flight.ts'
import { leaseMs, type Outbox, type OutboxDelivery } from './outbox.ts'
import type { FailReason, Outcome, RetryReason } from './outcome.ts'
import type { Deliver } from './transport.ts'
import type { TransportMode } from './transport-memory.ts'

export interface DeliveryEvent {
  /** The message's id. */
  id: string
  /** The webhook's id; `null` for what is reported to the companion. */
  webhook: string | null
  /** What is sent: a message, or an activity for the companion. */
  message: Message | Activity
}

export interface DeliveredEvent extends DeliveryEvent {
  /** The answer's HTTP status: 2xx. */
  status: number
  /** How it went there. */
  transport: TransportMode | undefined
}

export interface SentEvent extends DeliveryEvent {
  /** How it went there; `undefined` where the page was left before that was seen. */
  transport: TransportMode | undefined
}

export interface RetryingEvent extends DeliveryEvent {
  /** When it is tried next, in ms since 1970. */
  at: number
  /** Why it has to be tried again. */
  reason: RetryReason
  /** The answer's HTTP status, when there was one. */
  status?: number | undefined
}

export interface FailedEvent extends DeliveryEvent {
  /** Why it is given up. */
  reason: FailReason
  /** The answer's HTTP status, when it was refused; not that of a redirect, which a page can't see. */
  status?: number | undefined
}

export interface DeliveryEvents {
  /** A message is stored and on its way. */
  queued: DeliveryEvent
  /** The endpoint has taken it: it said 2xx, or the companion did. */
  delivered: DeliveredEvent
  /** It was handed over by a way whose answer can't be read. It is not sent again. */
  sent: SentEvent
  /** It has not arrived yet, and is tried again. */
  retrying: RetryingEvent
  /** It will not be sent again. */
  failed: FailedEvent
}

export interface DispatcherOptions {
  outbox: Outbox
  deliver: Deliver
  /** What requests go through. */
  fetch: typeof globalThis.fetch
  emit: Emit<DeliveryEvents>
  onError(error: unknown): void
}

/** Brings deliveries to their webhooks, across failures, page loads and tabs. */
export interface Dispatcher {
  /** Stores the delivery, then hands its request to the browser in the same task. One that is there already stays. */
  dispatch(delivery: OutboxDelivery): void
  /** Sends what waits: one tab at a time, each webhook's in order. */
  flush(): Promise<void>
  /** The page is being left: what the browser sends on anyway is not sent again. */
  leave(): void
  /** The page is back, shown again, or online again. */
  resume(): void
  pending(): DeliveryEvent[]
  /** Breaks off what is under way, and forgets it. */
  abort(): void
  /** Stops trying again; what waits is sent from the next page. */
  stop(): void
}

/** The longest wait between two looks at the outbox: an endpoint may ask to be left alone for longer than a timer can. */
const maxDelayMs = 3_600_000

export function createDispatcher({ outbox, deliver, fetch, emit, onError }: DispatcherOptions): Dispatcher {
  const inFlight = createInFlight({ outbox, deliver, fetch })
  let isStopped = false
  let failures = noFailures
  let flushing: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When the outbox is looked at next. */
  let lookAt = Number.POSITIVE_INFINITY
  /** What is back in the outbox since the last look. */
  const putBack: [delivery: OutboxDelivery, outcome: Outcome][] = []

  function dispatch(delivery: OutboxDelivery): void {
    const { id } = delivery.message
    // Another tab, copied from this one, has come to the same step.
    if (outbox.has(id) || outbox.hasEnded(id)) return
    outbox.lease(delivery)
    const sent = send(delivery)
    emit('queued', eventOf(delivery))
    void sent.then(() => schedule())
  }

  /** Sends a delivery that this tab has leased; true once it is settled, false while it waits. */
  async function send(delivery: OutboxDelivery): Promise<boolean> {
    const outcome = await inFlight.send(delivery).catch((error): Outcome => {
      onError(error)
      return { kind: 'failed', reason: 'invalid' }
    })
    if (outcome?.kind === 'retrying') putBack.push([delivery, outcome])
    if (!outcome || outcome.kind === 'retrying') return false
    failures = noFailures
    settle(delivery, outcome)
    return true
  }

  function settle(delivery: OutboxDelivery, { kind, reason, status, transport }: Outcome): void {
    outbox.remove(delivery.message.id)
    emit(kind, { ...eventOf(delivery), reason, status, transport } as DeliveryEvents[typeof kind])
  }

  function fail(delivery: OutboxDelivery, reason: FailReason): void {
    settle(delivery, { kind: 'failed', reason })
  }

  function flush(): Promise<void> {
    flushing ??= withTabLock(sendAll)
      .catch(onError)
      .finally(() => {
        flushing = undefined
        stopTimer()
        schedule(true)
      })
    return flushing
  }

  function stop(): void {
    isStopped = true
    stopTimer()
  }

  function stopTimer(): void {
    clearTimeout(timer)
    lookAt = Number.POSITIVE_INFINITY
  }

  async function sendAll(): Promise<void> {
    for (const old of outbox.expired()) fail(old, 'expired')
    const waiting = outbox.list()
    const webhooks = new Set(waiting.map(({ webhook }) => webhook))
    await Promise.all([...webhooks].map(id => sendLane(waiting.filter(({ webhook }) => webhook === id))))
  }

  async function sendLane(lane: OutboxDelivery[]): Promise<void> {
    for (const waiting of lane) {
      if (isStopped) return
      const delivery = outbox.claim(waiting.message.id)
      // What keeps one from its webhook keeps the next ones too.
      if (delivery ? !(await send(delivery)) : outbox.pauseMs(waiting) > 0) return
    }
  }

  /** Looks again when the first that waits is due, and not before the failures' delay: longer after each round. */
  function schedule(isRound = false): void {
    const announced = putBack.splice(0)
    for (const old of announced.length > 0 ? outbox.surplus() : []) fail(old, 'dropped')
    const waiting = outbox.list()
    if (isStopped || waiting.length === 0) return
    if (isRound || failures === noFailures) failures += 1
    // Only who is busy or slow may be ready soon.
    if (!announced.every(([, { reason }]) => reason === 'busy' || reason === 'timeout')) {
      failures = Math.max(failures, 1)
    }
    const dueMs = Math.min(...waiting.map(outbox.waitMs))
    const delayMs = Math.min(Math.max(dueMs, retryDelayMs(failures)), maxDelayMs)
    if (Date.now() + delayMs < lookAt) {
      clearTimeout(timer)
      timer = setTimeout(flush, delayMs)
      lookAt = Date.now() + delayMs
    }
    for (const [delivery, outcome] of announced) {
      announceRetry(delivery, outcome, Math.max(lookAt - Date.now(), outbox.pauseMs(delivery)))
    }
  }

  function announceRetry(delivery: OutboxDelivery, { reason, status }: Outcome, waitMs: number): void {
    const at = Math.ceil(Date.now() + waitMs)
    // Without a reason, it waits for another page, whose config knows its webhook.
    if (reason) emit('retrying', { ...eventOf(delivery), at, reason, status } as RetryingEvent)
  }

  return {
    dispatch,
    flush,
    leave() {
      stop()
      inFlight.leave()
    },
    resume() {
      isStopped = false
      inFlight.resume()
      failures = noFailures
      void flush()
    },
    pending: () => outbox.list().map(eventOf),
    abort() {
      inFlight.abort()
      outbox.clear()
      stopTimer()
    },
    stop() {
      stop()
      outbox.letGo()
    },
  }
}

function eventOf({ webhook, message }: OutboxDelivery): DeliveryEvent {
  return { id: message.id, webhook, message }
}

/**
 * Runs it while no other tab runs one; where the browser grants no lock, or not as long as another's lease may last,
 * the leases alone keep tabs apart: a tab that hangs keeps its lock for ever.
 */
async function withTabLock(work: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request('tourhook', { signal: AbortSignal.timeout(leaseMs) }, work)
  } catch {
    // None on an insecure page, and denied in a sandboxed frame; Safari 15 has no such signal.
    await work()
  }
}
