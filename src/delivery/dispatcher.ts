import type { Emit } from '../events.ts'
import type { Message } from '../message/message.ts'
import type { Activity } from '../schema/activity.ts'
import { noFailures, retryDelayMs } from './backoff.ts'
import { createInFlight } from './in-flight.ts'
import { createOutbox, leaseMs, type OutboxDelivery } from './outbox.ts'
import type { FailReason, Outcome, RetryReason } from './outcome.ts'
import { watchPage } from './page.ts'
import { createTransport, type TransportOptions } from './transport.ts'
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

export interface DispatcherOptions extends Pick<TransportOptions, 'webhooks' | 'companion' | 'storage'> {
  /** What requests go through. */
  fetch: typeof globalThis.fetch
  /** The page's as it was at first, for the repeat of what went through one that threw. */
  keptFetch: typeof globalThis.fetch
  emit: Emit<DeliveryEvents>
  onError(error: unknown): void
}

/** Brings deliveries to their webhooks, across failures, page loads and tabs. */
export interface Dispatcher {
  /** Stores the delivery, then hands its request to the browser in the same task. One that is there already stays. */
  dispatch(delivery: OutboxDelivery): void
  /** Sends what waits: one tab at a time, each webhook's in order. */
  flush(): Promise<void>
  pending(): DeliveryEvent[]
  /** Breaks off what is under way, and forgets it. */
  abort(): void
  /** Stops trying again; what waits is sent from the next page. */
  stop(): void
}

/** The longest wait between two looks at the outbox: an endpoint may ask to be left alone for longer than a timer can. */
const maxDelayMs = 3_600_000

/** How long what may have arrived is left alone before its only repeat. */
const unansweredWaitMs = 30_000

export function createDispatcher({
  emit,
  onError,
  fetch,
  keptFetch,
  ...options
}: DispatcherOptions): Dispatcher {
  const { storage } = options
  const outbox = createOutbox(storage)
  const inFlight = createInFlight({ outbox, fetch, keptFetch })
  const page = watchPage({ onLeave, onReturn })
  const deliver = createTransport({ ...options, page, send: inFlight.send, onError })
  let isStopped = false
  let failures = noFailures
  /** Drawn once for each count, so that what was told of the next try holds. */
  let backoffMs: number | undefined
  let flushing: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When the outbox is looked at next. */
  let lookAt = Number.POSITIVE_INFINITY

  function dispatch(delivery: OutboxDelivery): void {
    const { id } = delivery.message
    // Another tab, copied from this one, has come to the same step.
    if (outbox.has(id) || outbox.hasEnded(id)) return
    outbox.lease(delivery)
    void send(delivery).then(schedule)
    emit('queued', eventOf(delivery))
  }

  /** Sends a delivery that this tab has leased; true once it is settled, false while it waits. */
  async function send(delivery: OutboxDelivery): Promise<boolean> {
    const outcome = await deliver(delivery).catch((error): Outcome => {
      onError(error)
      return { kind: 'failed', reason: 'invalid' }
    })
    if (!outcome) return false
    const { kind, reason } = outcome
    const isUnanswered = reason === 'unanswered'
    if (kind !== 'retrying' || (isUnanswered && delivery.isUnanswered)) {
      countFailures(noFailures)
      settle(delivery, isUnanswered ? { kind: 'failed', reason } : outcome)
      return true
    }
    delivery.isUnanswered ||= isUnanswered
    putBack(delivery, outcome)
    return false
  }

  function settle(delivery: OutboxDelivery, { kind, reason, status, transport }: Outcome): void {
    outbox.remove(delivery.message.id)
    emit(kind, { ...eventOf(delivery), reason, status, transport } as DeliveryEvents[typeof kind])
  }

  function fail(delivery: OutboxDelivery, reason: FailReason): void {
    settle(delivery, { kind: 'failed', reason })
  }

  /** Back into the outbox, for the next round; what may have arrived is repeated once. */
  function putBack(delivery: OutboxDelivery, { reason, status, retryAfterMs = 0 }: Outcome): void {
    // Another page may see the answer, and need not wait.
    const ownWaitMs = reason === 'unanswered' ? unansweredWaitMs : retryAfterMs
    if (!outbox.release(delivery, retryAfterMs, ownWaitMs)) return
    // Only who is busy or slow may be ready soon.
    if (reason !== 'busy' && reason !== 'timeout') countFailures(Math.max(failures, 0))
    schedule()
    const at = Math.ceil(Math.max(lookAt, Date.now() + ownWaitMs))
    // Without a reason, it waits for another page, whose config knows its webhook.
    if (reason) emit('retrying', { ...eventOf(delivery), at, reason, status } as RetryingEvent)
    for (const old of outbox.surplus()) fail(old, 'dropped')
  }

  function flush(): Promise<void> {
    stopTimer()
    flushing ??= withTabLock(sendAll)
      .catch(onError)
      .finally(() => {
        flushing = undefined
        schedule()
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
  function schedule(): void {
    const waiting = outbox.list()
    if (isStopped || waiting.length === 0) return
    backoffMs ??= retryDelayMs(failures + 1)
    const dueMs = Math.min(...waiting.map(outbox.waitMs))
    const delayMs = Math.min(Math.max(dueMs, backoffMs), maxDelayMs)
    if (Date.now() + delayMs >= lookAt) return
    clearTimeout(timer)
    timer = setTimeout(lookAgain, delayMs)
    lookAt = Date.now() + delayMs
  }

  function countFailures(count: number): void {
    if (count !== failures) backoffMs = undefined
    failures = count
  }

  function lookAgain(): void {
    countFailures(failures + 1)
    void flush()
  }

  function onLeave(): void {
    stop()
    inFlight.leave()
  }

  function onReturn(): void {
    isStopped = false
    inFlight.resume()
    countFailures(noFailures)
    void flush()
  }

  return {
    dispatch,
    flush,
    pending: () => outbox.list().map(eventOf),
    abort() {
      inFlight.abort()
      outbox.clear()
      stopTimer()
    },
    stop() {
      stop()
      outbox.letGo()
      page.stop()
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
