import * as z from 'zod/mini'
import type { Message } from '../../message/message.ts'
import { checkOptions, madeBy } from '../../schema/problems/check-options.ts'
import type { Webhook } from '../../schema/webhook.ts'
import type { Json } from '../../values/json.ts'
import { type Clock, systemClock } from '../clock.ts'
import { createEgress } from '../egress/egress.ts'
import type { ConsoleStore } from '../stores/console-store.ts'
import { memoryStore } from '../stores/memory/memory.ts'
import type { Store } from '../stores/store.ts'
import { toError } from '../to-error.ts'
import type { Endpoint } from '../webhooks/endpoint.ts'
import { createRegistry } from '../webhooks/registry.ts'
import { type BulkJobs, createBulkJobs } from './bulk/bulk-jobs.ts'
import { createDeliveryLog, type DeliveryLog } from './delivery-log.ts'
import type { EmittedEvent } from './emitted-event.ts'
import { createAnnouncer, type EmitterEvents } from './emitter-events.ts'
import { createEndpointHealth } from './endpoint-health.ts'
import {
  createIntake,
  type EmitOptions,
  type RelayOptions,
  type RelayOutcome,
  type StateChange,
} from './intake.ts'
import { startMaintenance } from './maintenance.ts'
import { nextState, standardSchedule } from './retry-policy.ts'
import { createAttempter } from './sending/attempt.ts'
import { createWorker } from './sending/worker.ts'
import { createWebhookAdmin, type WebhookAdmin } from './webhook-admin.ts'

const leastRetentionDays = 4

const optionsShape = z.object({
  store: madeBy('claim', 'memoryStore, sqliteStore or postgresStore'),
  allowNetworks: z.array(z.string()),
  schedule: z.array(z.number().check(z.nonnegative())).check(z.minLength(1)),
  timeoutMs: z.number().check(z.positive()),
  retentionDays: z.number(),
})

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

/** Turns events into deliveries that outlive the process. */
export interface Emitter {
  /**
   * Queues a message to each webhook that is subscribed to one of the events; resolves, with the
   * deliveries' ids, once they are durable.
   *
   * Several events are of one user, and travel as one message per webhook.
   *
   * @param options.once Your own id of what happened: the same twice counts once.
   * @param options.db PostgreSQL only: queues within the caller's own transaction.
   * @throws {TypeError} (rejects) names what is wrong with an event.
   * @throws {Error} (rejects) when the store did not say that it has kept it: whether it may be sent all the same; the
   * cause is its error.
   */
  emit(events: EmittedEvent | EmittedEvent[], options?: EmitOptions): Promise<string[]>
  /**
   * Queues a message that a browser has made, for one webhook; a repeat of its id counts once.
   *
   * @param content The webhook's template, filled.
   * @returns `conflict` when the id is taken by a message with other content, which stays.
   * @throws {TypeError} (rejects) when there is no such webhook.
   */
  relay(webhook: string, message: Message, content?: Json, options?: RelayOptions): Promise<RelayOutcome>
  /** Changes a durable value and emits what follows, together and once; `false` when it was applied before. */
  apply(change: StateChange): Promise<boolean>
  /** Reads a value that `apply` has kept. */
  read(key: string): Promise<Json | undefined>
  /**
   * Erases a user: what `apply` has kept under `user:` and their id, and what their messages said. What waits is not
   * sent. Returns how many deliveries were cleared.
   */
  forget(userId: string): Promise<number>
  /**
   * Takes over the config's webhooks as they are now: new ones are sent to, changed ones as they say, and what waits for
   * one that is gone says so in the log.
   *
   * @throws {ConfigError} (rejects) when one is unfit; then all stays as it was.
   */
  configure(webhooks: readonly Webhook[]): Promise<void>
  /** The log: list, get, count, resend, replay. */
  deliveries: DeliveryLog
  /** The endpoints: list, create, update, remove, enable, disable, rotateSecret, test, probe. */
  webhooks: WebhookAdmin
  /** Sends again, or cancels, however many, and goes on where it was after a restart: start, get, list, stop. */
  jobs: BulkJobs
  /** What the store keeps for the console. */
  console: ConsoleStore
  /** Listens to what becomes of deliveries and webhooks; returns its undo. */
  on<Name extends keyof EmitterEvents>(name: Name, listener: EmitterEvents[Name]): () => void
  /** Lets attempts in flight end (up to `timeoutMs`), gives the rest back, and closes the store. */
  close(): Promise<void>
}

/**
 * An emitter: events go in, signed webhooks go out, nothing is lost between.
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
  checkOptions({ store, allowNetworks, schedule, timeoutMs, retentionDays }, optionsShape)
  if (timeoutMs > store.leaseMs / 2) {
    const most = `at most ${store.leaseMs / 2}, half of the store's lease`
    throw new RangeError(`timeoutMs: expected ${most}, got ${timeoutMs}`)
  }
  // For three days a browser tries to hand over what it has, and it may have handed it over already.
  if (retentionDays < leastRetentionDays) {
    throw new RangeError(`retentionDays: expected at least ${leastRetentionDays}, got ${retentionDays}`)
  }
  const { on, announce } = createAnnouncer()
  const registry = createRegistry({ webhooks, store, clock })
  const egress = createEgress({ clock, timeoutMs, allowNetworks })
  const attempt = createAttempter({ egress, clock })
  const health = createEndpointHealth({
    registry,
    announce,
    clock,
    raise: (event, once) => void intake.raise(event, once).catch(onError),
    hurry,
  })
  const worker = createWorker({
    store,
    clock,
    attempt,
    timeoutMs,
    endpointOf,
    judge: ({ outcome, claimed }, now) => nextState(outcome, claimed.failures + 1, { schedule, now, random }),
    onSettled: health.onSettled,
    onError,
  })
  const upkeep = startMaintenance({
    store,
    registry,
    clock,
    retentionDays,
    wake: () => worker.wake(),
    onWarning: warning => announce('warning', warning),
    onError,
  })
  const intake = createIntake({
    store,
    registry,
    schedule,
    clock,
    random,
    ready: upkeep.ready,
    wake: worker.wake,
  })

  function onError(error: unknown): void {
    announce('error', toError(error))
  }
  function endpointOf(id: string): Endpoint | undefined {
    const found = registry.isLoaded() ? registry.get(id) : undefined
    return found && !found.disabled ? { webhook: found.webhook, keys: registry.keysOf(found) } : undefined
  }
  /** Has what waits for an endpoint that was down sent at once, gently. */
  function hurry(webhook: string): void {
    worker.slowStart(webhook)
    store.requeue({ webhook, state: 'pending' }, clock.now()).then(() => worker.wake([webhook]), onError)
  }
  const deliveries = createDeliveryLog({ store, registry, clock, wake: worker.wake })
  const jobs = createBulkJobs({ store: store.console, deliveries, clock, leaseMs: store.leaseMs, onError })
  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    announce('closed', undefined)
    upkeep.stop()
    await jobs.close()
    await worker.close()
    await egress.close()
    await store.close()
  }

  return {
    emit: intake.emit,
    relay: intake.relay,
    apply: intake.apply,
    read: key => store.read(key),
    forget: userId => store.forget(userId),
    async configure(webhooks) {
      await registry.configure(webhooks)
      worker.wake(registry.all().map(({ id }) => id))
    },
    deliveries,
    webhooks: createWebhookAdmin({ registry, egress, attempt, clock, hurry }),
    jobs,
    console: store.console,
    on,
    close() {
      closed ??= close()
      return closed
    },
  }
}
