import type { Message } from '../../message/message.ts'
import type { Json } from '../../values/json.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { Clock } from '../clock.ts'
import type { AddOptions, AddResult, NewDelivery, Store, Transaction } from '../stores/store.ts'
import { StoreError } from '../stores/store-error.ts'
import { toError } from '../to-error.ts'
import type { Registry } from '../webhooks/registry.ts'
import { type EmittedEvent, parseEvents } from './emitted-event.ts'
import type { OperationalEvent } from './emitter-events.ts'
import { deliveriesFor, type SourceEvent, sourceOf } from './messages.ts'
import { firstAttemptAt } from './retry-policy.ts'

const longestOnce = 200

/** How `emit` queues. */
export interface EmitOptions {
  /** PostgreSQL only: queues within the caller's own transaction. */
  db?: Transaction | undefined
  /**
   * Your own id of what happened, up to 200 characters: the same twice counts once, for as long as the log is kept.
   * With it, asking again after an error is safe.
   */
  once?: string | undefined
}

/** A step of the caller's own bookkeeping, and the events that follow from it. */
export interface StateChange {
  /** What happened, by its id: applied once, however often it is given. */
  once: string
  /** The same for a repeat; another under the same `once` rejects, and nothing is changed. */
  fingerprint?: string | undefined
  /** The durable value that it changes, such as `user:123`. */
  key: string
  /**
   * From the value as it is to the value that is to be kept, and the events (of one user) to emit.
   *
   * Pure and synchronous: it runs inside the store's transaction, and may run again if that is retried.
   * What it throws rejects `apply`, and nothing is changed.
   */
  change: (value: Json | undefined) => { value?: Json; events: EmittedEvent[] }
}

/** What goes with a relayed message. */
export interface RelayOptions {
  /** What makes a message the same as another of its id. @default message and content themselves */
  fingerprint?: string | undefined
}

/** What `relay` has done with a message: queued it, now or before, or found its id taken by one with other content. */
export type RelayOutcome = 'queued' | 'conflict'

/** Where events and messages come in. */
export interface Intake {
  emit(events: EmittedEvent | EmittedEvent[], options?: EmitOptions): Promise<string[]>
  relay(webhook: string, message: Message, content?: Json, options?: RelayOptions): Promise<RelayOutcome>
  apply(change: StateChange): Promise<boolean>
  /** Queues an operational event to whoever subscribed to it. */
  raise(event: OperationalEvent, once: string): Promise<void>
}

export interface IntakeOptions {
  store: Pick<Store, 'add' | 'apply'>
  registry: Pick<Registry, 'find' | 'subscribersOf'>
  schedule: readonly number[]
  clock: Pick<Clock, 'now'>
  random: () => number
  /** Resolves once the store's webhooks are known. */
  ready: () => Promise<void>
  /** Says which webhooks have something new. */
  wake: (webhooks: Iterable<string>) => void
}

/** The way in: what comes is durable before it is acknowledged. */
export function createIntake({ store, registry, schedule, clock, random, ready, wake }: IntakeOptions): Intake {
  function times(): { now: number; dueAt: number } {
    const at = Math.floor(clock.now())
    return { now: at, dueAt: firstAttemptAt(schedule, { now: at, random }) }
  }
  function queuedFor(events: readonly SourceEvent[]): NewDelivery[] {
    return deliveriesFor(events, registry.subscribersOf, times())
  }
  async function add(deliveries: readonly NewDelivery[], options: AddOptions = {}): Promise<AddResult> {
    try {
      return await store.add(deliveries, options)
    } catch (error) {
      throw notKept(toError(error))
    } finally {
      wake(deliveries.map(({ webhook }) => webhook))
    }
  }

  return {
    async emit(events, { db, once } = {}) {
      if (once !== undefined && (typeof once !== 'string' || once === '' || once.length > longestOnce)) {
        throw new TypeError(`once: expected a text of 1 to ${longestOnce} characters`)
      }
      await ready()
      const deliveries = queuedFor(parseEvents(events))
      const { queued } = await add(deliveries, { db, once: once && `emit:${once}` })
      return queued.map(({ id }) => id)
    },
    async relay(webhook, message, content, { fingerprint } = {}) {
      await ready()
      registry.find(webhook)
      const { now: createdAt, dueAt } = times()
      const delivery = omitUndefined({
        id: message.id,
        webhook,
        message,
        content,
        fingerprint,
        createdAt,
        dueAt,
      })
      const { conflicts } = await add([delivery])
      return conflicts.length > 0 ? 'conflict' : 'queued'
    },
    async apply({ once, fingerprint, key, change }) {
      await ready()
      let deliveries: NewDelivery[] = []
      const applied = await store.apply({
        once,
        fingerprint,
        key,
        at: Math.floor(clock.now()),
        change(before) {
          const { events, ...after } = change(before)
          deliveries = queuedFor(parseEvents(events))
          return { ...after, deliveries }
        },
      })
      wake(deliveries.map(({ webhook }) => webhook))
      return applied
    },
    async raise(event, once) {
      const deliveries = queuedFor([sourceOf(event)])
      if (deliveries.length > 0) await add(deliveries, { once: `operational:${once}` })
    },
  }
}

/** What is known, and what is not, when a store has not said that it has kept something. */
function notKept(cause: Error): Error {
  const isUncertain = cause instanceof StoreError && cause.isUncertain
  return new Error(
    isUncertain
      ? 'The store did not say whether it has kept it: it may be sent, or not. Emit it again with the same "once", and it counts once'
      : 'The store could not keep it, so nothing is sent',
    { cause },
  )
}
