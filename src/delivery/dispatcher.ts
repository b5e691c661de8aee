import type { Emit } from '../events.ts'
import type { Message } from '../message/message.ts'
import type { Activity } from '../schema/activity.ts'
import { type Delivery, dueAt, type Outbox } from './outbox.ts'
import { alone } from './page.ts'
import type { Transfer, Transport } from './transport.ts'
import type { Way } from './ways.ts'

export interface DeliveryEvent {
  /** The message's id. */
  id: string
  /** The webhook's id; `null` for what the companion is told. */
  webhook: string | null
  message: Message | Activity
}

export interface DeliveredEvent extends DeliveryEvent {
  /** The answer's HTTP status; 0 when it can't be read. */
  status: number
  way: Way
}

export interface FailedEvent extends DeliveryEvent {
  /** Refused by the endpoint; older than 72 hours; dropped for newer ones; or not sendable at all. */
  reason: 'refused' | 'expired' | 'dropped' | 'invalid'
  /** The answer's HTTP status, when it was refused. */
  status?: number
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
  transfer: Transport
  emit: Emit<DeliveryEvents>
  onError(error: unknown): void
  now?: () => number
  random?: () => number
}

/** Brings deliveries to their webhooks, across failures, page loads and tabs. */
export interface Dispatcher {
  /** Stores the delivery, then hands its request to the browser in the same task. */
  dispatch(delivery: Delivery): void
  /** Sends what waits: one tab at a time, each webhook's in order. */
  flush(): Promise<void>
  /** The page is being left: what the browser sends on anyway is not sent again. */
  leave(): void
  /** The page is back, shown again, or online again. */
  resume(): void
  pending(): DeliveryEvent[]
  /** Forgets all that waits, and stops what is under way. */
  clear(): void
  /** Stops trying again; what waits is sent from the next page. */
  stop(): void
}

interface Sending {
  delivery: Delivery
  /** Its request is with the browser, which sends it on though the page goes. */
  isSafe: boolean
  /** Its request is with the browser. */
  isStarted: boolean
}

/** When to look at the outbox again, in ms: from one second, doubled by each failure, up to five minutes, ±20 %. */
export function retryDelayMs(failures: number, random = Math.random): number {
  return Math.min(1_000 * 2 ** (failures - 1), 300_000) * (0.8 + random() * 0.4)
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { outbox, transfer, emit, onError, now = Date.now, random } = options
  const sending = new Map<string, Sending>()
  let isLeaving = false
  let failures = 0
  let flushing: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let withdrawal = new AbortController()

  function dispatch(delivery: Delivery): void {
    const dropped = outbox.add(delivery)
    for (const old of dropped) emit('failed', { ...eventOf(old), reason: 'dropped' })
    const sent = send(delivery)
    emit('queued', eventOf(delivery))
    void sent.then(schedule)
  }

  /** Sends a delivery that this tab has leased; true once it is settled, false while it waits. */
  async function send(delivery: Delivery): Promise<boolean> {
    const { id } = delivery.message
    const { signal } = withdrawal
    if (!navigator.onLine) {
      outbox.release(delivery)
      return false
    }
    const entry: Sending = { delivery, isSafe: false, isStarted: false }
    sending.set(id, entry)
    try {
      const result = await transfer(delivery, {
        signal,
        onStart(isSafe) {
          Object.assign(entry, { isSafe, isStarted: true })
          outbox.lease(delivery)
          if (isLeaving) handOver(entry)
        },
        onEnd: () => Object.assign(entry, { isSafe: false, isStarted: false }),
      })
      return signal.aborted || settle(delivery, result)
    } catch (error) {
      outbox.remove(id)
      onError(error)
      emit('failed', { ...eventOf(delivery), reason: 'invalid' })
      return true
    } finally {
      sending.delete(id)
    }
  }

  function settle(delivery: Delivery, { outcome, way }: Transfer): boolean {
    switch (outcome.kind) {
      case 'delivered':
        failures = 0
        outbox.remove(delivery.message.id)
        emit('delivered', { ...eventOf(delivery), status: outcome.status, way })
        return true
      case 'refused':
        outbox.remove(delivery.message.id)
        emit('failed', { ...eventOf(delivery), reason: 'refused', status: outcome.status })
        return true
      case 'unavailable':
        outbox.release({ ...delivery, notBefore: now() + (outcome.retryAfterMs ?? 0) })
        return false
      case 'unreachable':
        outbox.release(delivery)
        return false
    }
  }

  function flush(): Promise<void> {
    flushing ??= alone(sendAll).finally(() => {
      flushing = undefined
      schedule()
    })
    return flushing
  }

  async function sendAll(): Promise<void> {
    for (const old of outbox.expire()) emit('failed', { ...eventOf(old), reason: 'expired' })
    const waiting = outbox.list()
    const webhooks = new Set(waiting.map(({ webhook }) => webhook))
    await Promise.all(Array.from(webhooks, id => sendLane(waiting.filter(({ webhook }) => webhook === id))))
  }

  async function sendLane(lane: Delivery[]): Promise<void> {
    for (const { message } of lane) {
      const delivery = outbox.claim(message.id)
      // What keeps one from its webhook keeps the next ones too.
      if (delivery && !(await send(delivery))) return
    }
  }

  /** One look at the outbox for all that waits: when the first may be taken, and not before the failures' delay. */
  function schedule(): void {
    clearTimeout(timer)
    const waiting = outbox.list().filter(({ message }) => !sending.has(message.id))
    if (waiting.length === 0) return
    const firstDueMs = Math.min(...waiting.map(dueAt)) - now()
    failures += 1
    timer = setTimeout(flush, Math.max(firstDueMs, retryDelayMs(failures, random)))
  }

  function handOver({ delivery, isSafe, isStarted }: Sending): void {
    if (isSafe && navigator.onLine) outbox.remove(delivery.message.id)
    // Between two tries nothing is under way: the next page need not wait for the lease.
    else if (!isStarted) outbox.release(delivery)
  }

  function leave(): void {
    isLeaving = true
    clearTimeout(timer)
    sending.forEach(handOver)
  }

  function resume(): void {
    isLeaving = false
    failures = 0
    void flush()
  }

  function clear(): void {
    withdrawal.abort()
    withdrawal = new AbortController()
    clearTimeout(timer)
    for (const { message } of outbox.list()) outbox.remove(message.id)
  }

  return {
    dispatch,
    flush,
    leave,
    resume,
    pending: () => outbox.list().map(eventOf),
    clear,
    stop: () => clearTimeout(timer),
  }
}

function eventOf({ webhook, message }: Delivery): DeliveryEvent {
  return { id: message.id, webhook, message }
}
