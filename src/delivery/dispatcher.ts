import type { Emit } from '../events.ts'
import type { Message } from '../message/message.ts'
import type { Activity } from '../schema/activity.ts'
import { retryDelayMs } from './backoff.ts'
import { createInFlight } from './in-flight.ts'
import { dueAt, type Outbox, type OutboxDelivery } from './outbox.ts'
import { withTabLock } from './tab-lock.ts'
import type { Deliver } from './transport.ts'
import type { TransportMode } from './transport-memory.ts'

export interface DeliveryEvent {
  /** The message's id. */
  id: string
  /** The webhook's id; `null` for what the companion is told. */
  webhook: string | null
  /** What is sent: a message, or an activity for the companion. */
  message: Message | Activity
}

export interface DeliveredEvent extends DeliveryEvent {
  /** The answer's HTTP status; 0 when it can't be read. */
  status: number
  /** How it went there; `undefined` for what goes to the companion. */
  transport: TransportMode | undefined
}

export interface FailedEvent extends DeliveryEvent {
  /** Refused by the endpoint; older than 72 hours; dropped for newer ones; or not sendable at all. */
  reason: 'refused' | 'expired' | 'dropped' | 'invalid'
  /** The answer's HTTP status, when it was refused. */
  status?: number | undefined
}

export interface DeliveryEvents {
  /** A message is stored and on its way. */
  queued: DeliveryEvent
  /** The endpoint has it. */
  delivered: DeliveredEvent
  /** It will not be sent again. */
  failed: FailedEvent
}

export interface DispatcherOptions {
  outbox: Outbox
  deliver: Deliver
  emit: Emit<DeliveryEvents>
  onError(error: unknown): void
}

/** Brings deliveries to their webhooks, across failures, page loads and tabs. */
export interface Dispatcher {
  /** Stores the delivery, then hands its request to the browser in the same task. */
  dispatch(delivery: OutboxDelivery): void
  /** Sends what waits: one tab at a time, each webhook's in order. */
  flush(): Promise<void>
  /** The page is being left: what the browser sends on anyway is not sent again. */
  leave(): void
  /** The page is back, shown again, or online again. */
  resume(): void
  pending(): DeliveryEvent[]
  /** Breaks off what is under way. */
  abort(): void
  /** Stops trying again; what waits is sent from the next page. */
  stop(): void
}

/** The longest wait between two looks at the outbox: an endpoint may ask to be left alone for longer than a timer can. */
const maxDelayMs = 3_600_000

export function createDispatcher({ outbox, deliver: transfer, emit, onError }: DispatcherOptions): Dispatcher {
  const sending = createInFlight(outbox, transfer)
  let isStopped = false
  let failures = 0
  let flushing: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function dispatch(delivery: OutboxDelivery): void {
    for (const old of outbox.surplus()) fail(old, 'dropped')
    outbox.lease(delivery)
    const sent = send(delivery)
    emit('queued', eventOf(delivery))
    void sent.then(schedule)
  }

  /** Sends a delivery that this tab has leased; true once it is settled, false while it waits. */
  async function send(delivery: OutboxDelivery): Promise<boolean> {
    try {
      const settled = await sending.send(delivery)
      if (!settled) return false
      failures = 0
      if (settled.kind === 'refused') {
        fail(delivery, 'refused', settled.status)
      } else {
        outbox.remove(delivery.message.id)
        emit('delivered', { ...eventOf(delivery), status: settled.status, transport: settled.way })
      }
    } catch (error) {
      onError(error)
      fail(delivery, 'invalid')
    }
    return true
  }

  function fail(delivery: OutboxDelivery, reason: FailedEvent['reason'], status?: number): void {
    outbox.remove(delivery.message.id)
    emit('failed', { ...eventOf(delivery), reason, status })
  }

  function flush(): Promise<void> {
    flushing ??= withTabLock(sendAll)
      .catch(onError)
      .finally(() => {
        flushing = undefined
        schedule()
      })
    return flushing
  }

  async function sendAll(): Promise<void> {
    for (const old of outbox.expired()) fail(old, 'expired')
    const waiting = outbox.list()
    const webhooks = new Set(waiting.map(({ webhook }) => webhook))
    await Promise.all(Array.from(webhooks, id => sendLane(waiting.filter(({ webhook }) => webhook === id))))
  }

  async function sendLane(lane: OutboxDelivery[]): Promise<void> {
    for (const { message, notBefore = 0 } of lane) {
      // What keeps one from its webhook keeps the next ones too.
      if (notBefore > Date.now()) return
      const delivery = outbox.claim(message.id)
      if (delivery && !(await send(delivery))) return
    }
  }

  /** Looks again when the first that waits is due, and not before the failures' delay. */
  function schedule(): void {
    clearTimeout(timer)
    const waiting = outbox.list()
    if (isStopped || waiting.length === 0) return
    failures += 1
    const dueMs = Math.min(...waiting.map(dueAt)) - Date.now()
    timer = setTimeout(flush, Math.min(Math.max(dueMs, retryDelayMs(failures)), maxDelayMs))
  }

  function abort(): void {
    sending.abort()
    clearTimeout(timer)
  }

  return {
    dispatch,
    flush,
    leave: sending.leave,
    resume() {
      sending.resume()
      failures = 0
      void flush()
    },
    pending: () => outbox.list().map(eventOf),
    abort,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

function eventOf({ webhook, message }: OutboxDelivery): DeliveryEvent {
  return { id: message.id, webhook, message }
}
