import type { Message } from '../../message/message.ts'
import type { Webhook } from '../../schema/webhook.ts'
import type { Json } from '../../values/json.ts'
import { type Clock, systemClock } from '../clock.ts'
import { createEgress } from '../egress/egress.ts'
import type { ConsoleStore } from '../stores/console-store.ts'
import { memoryStore } from '../stores/memory.ts'
import type { NewDelivery, Store, Transaction } from '../stores/store.ts'
import { createRegistry } from '../webhooks/registry.ts'
import { createAttempter } from './attempt.ts'
import { createDeliveryLog, type DeliveryLog } from './delivery-log.ts'
import { type EmittedEvent, parseEvents } from './emitted-event.ts'
import { createAnnouncer, type EmitterEvents } from './emitter-events.ts'
import { createEndpointHealth } from './endpoint-health.ts'
import { startMaintenance } from './maintenance.ts'
import { deliveriesFor } from './messages.ts'
import { firstAttemptAt, standardSchedule } from './retry-policy.ts'
import { createWebhookAdmin, type WebhookAdmin } from './webhook-admin.ts'
import { createWorker } from './worker.ts'

const leastRetentionDays = 4

export interface EmitterOptions {
  /** The config's webhooks; each with `events` gets those, each may be relayed to. */
  webhooks?: readonly Webhook[] | undefined
  /** Where deliveries and their log are kept. @default memoryStore(), which forgets when the process ends */
  store?: Store | undefined
  /** Networks that may be called although they are private, in CIDR notation. For development. @default [] */
  allowNetworks?: readonly string[] | undefined
  /** Milliseconds before each attempt. @default the ten steps of Standard Webhooks, over three days */
  schedule?: readonly number[] | undefined
  /** How long one attempt may take, answer included; at most half of the store's lease. @default 15_000 */
  timeoutMs?: number | undefined
  /** How long the log is kept, and what makes a repeat count once; at least 4. @default 30 */
  retentionDays?: number | undefined
  /** For tests. @default the machine's */
  clock?: Clock | undefined
  /** For tests: jitter, from 0 to 1. @default Math.random */
  random?: (() => number) | undefined
}

/** A step of the caller's own bookkeeping, and the events that follow from it. */
export interface StateChange {
  /** What happened, by its id: applied once, however often it is given. */
  once: string
  /** The durable value that it changes, such as `user:123`. */
  key: string
  /**
   * From the value as it is to the value as it shall be, and the events (of one user) to emit.
   *
   * Pure and synchronous: it runs inside the store's transaction, and may run again if that is retried.
   * What it throws rejects `apply`, and nothing is changed.
   */
  change: (value: Json | undefined) => { value?: Json; events: EmittedEvent[] }
}

/** Turns events into deliveries that outlive the process. */
export interface Emitter {
  /**
   * Queues a message to each webhook that is subscribed to one of the events; resolves, with the
   * deliveries' ids, once they are durable.
   *
   * Several events are of one user, and travel as one message per webhook.
   *
   * @param options.db PostgreSQL only: queues within the caller's own transaction.
   * @throws {TypeError} (rejects) names what is wrong with an event.
   * @throws {Error} (rejects) when the store could not keep it; the cause is its error.
   */
  emit(events: EmittedEvent | EmittedEvent[], options?: { db?: Transaction }): Promise<string[]>
  /**
   * Queues a message that a browser has made, for one webhook; a repeat of its id counts once.
   *
   * @throws {TypeError} (rejects) when there is no such webhook.
   */
  relay(webhook: string, message: Message, content?: Json): Promise<void>
  /** Changes a durable value and emits what follows, together and once; `false` when it was applied before. */
  apply(application: StateChange): Promise<boolean>
  /** Reads a value that `apply` has kept. */
  read(key: string): Promise<Json | undefined>
  /** The log: list, get, count, resend, replay. */
  deliveries: DeliveryLog
  /** The endpoints: list, create, update, remove, enable, disable, rotateSecret, test, probe. */
  webhooks: WebhookAdmin
  /** What the store keeps for the console. */
  console: ConsoleStore
  /** Listens to what becomes of deliveries; returns its undo. */
  on<Name extends keyof EmitterEvents>(name: Name, listener: EmitterEvents[Name]): () => void
  /** Lets attempts in flight end (up to `timeoutMs`), gives the rest back, and closes the store. */
  close(): Promise<void>
}

/**
 * Makes an emitter: events go in, signed webhooks go out, nothing is lost between.
 *
 * @throws {ConfigError} when a webhook has no `url`, or two share an id.
 * @throws {RangeError} when `timeoutMs` is too long for the store, or `retentionDays` too short.
 * @example
 * const emitter = createEmitter({ webhooks, store: sqliteStore('tourhook.db') })
 * await emitter.emit({ name: 'tour_completed', userId: 'user_123', id: 'welcome' })
 */
export function createEmitter({
  webhooks = [],
  store = memoryStore(),
  allowNetworks = [],
  schedule = standardSchedule,
  timeoutMs = 15_000,
  retentionDays = 30,
  clock = systemClock,
  random = Math.random,
}: EmitterOptions = {}): Emitter {
  if (timeoutMs > store.leaseMs / 2) {
    const most = `at most ${store.leaseMs / 2}, half of the store's lease`
    throw new RangeError(`timeoutMs: expected ${most}, got ${timeoutMs}`)
  }
  // For three days a browser tries to hand over what it has, and it may have handed it over already.
  if (retentionDays < leastRetentionDays) {
    throw new RangeError(`retentionDays: expected at least ${leastRetentionDays}, got ${retentionDays}`)
  }
  const { now } = clock
  const { on, announce } = createAnnouncer()
  const onError = (error: Error) => announce('error', error)
  const registry = createRegistry({ webhooks, store, now })
  const egress = createEgress({ clock, timeoutMs, allowNetworks })
  const attempt = createAttempter({ egress, clock })
  const { nextState: judge, onSettled } = createEndpointHealth({ registry, announce, schedule, now, random })

  const endpointOf = (id: string) => {
    const found = registry.isLoaded() ? registry.get(id) : undefined
    return found && !found.disabled ? { webhook: found.webhook, keys: registry.keysOf(found) } : undefined
  }
  const worker = createWorker({
    store,
    clock,
    attempt,
    timeoutMs,
    endpoints: () => registry.all().map(({ id }) => id),
    endpointOf,
    judge,
    onSettled,
    onError,
  })
  const upkeep = startMaintenance({ store, registry, clock, retentionDays, wake: worker.wake, onError })

  const compose = (events: unknown) => {
    const at = now()
    const dueAt = firstAttemptAt(schedule, { now: at, random })
    return deliveriesFor(
      parseEvents(events),
      registry.all().map(({ webhook }) => webhook),
      { now: at, dueAt },
    )
  }
  const durably = async <T>(kept: Promise<T>): Promise<T> => {
    try {
      return await kept
    } catch (error) {
      throw new Error('The store could not keep it, so nothing is sent', { cause: error })
    }
  }
  let closed: Promise<void> | undefined
  const close = async () => {
    upkeep.stop()
    await worker.close()
    await egress.close()
    await store.close()
  }
  const wakeFor = (deliveries: readonly NewDelivery[]) => worker.wake(deliveries.map(({ webhook }) => webhook))

  return {
    async emit(events, options) {
      await upkeep.ready()
      const deliveries = compose(events)
      await durably(store.add(deliveries, options))
      wakeFor(deliveries)
      return deliveries.map(({ id }) => id)
    },
    async relay(webhook, message, content) {
      await upkeep.ready()
      registry.find(webhook)
      const at = now()
      const dueAt = firstAttemptAt(schedule, { now: at, random })
      const filled = content === undefined ? {} : { content }
      const delivery = { id: message.id, webhook, message, ...filled, createdAt: at, dueAt }
      await durably(store.add([delivery]))
      wakeFor([delivery])
    },
    async apply({ once, key, change }) {
      await upkeep.ready()
      let deliveries: NewDelivery[] = []
      const applied = await store.apply({
        once,
        key,
        at: now(),
        change(before) {
          const { events, ...after } = change(before)
          deliveries = compose(events)
          return { ...after, deliveries }
        },
      })
      wakeFor(deliveries)
      return applied
    },
    read: key => store.read(key),
    deliveries: createDeliveryLog({ store, registry, now, wake: worker.wake }),
    webhooks: createWebhookAdmin({ registry, egress, attempt, now, wake: worker.wake }),
    console: store.console,
    on,
    close() {
      closed ??= close()
      return closed
    },
  }
}
