import { createDispatcher, type DeliveryEvent, type DeliveryEvents } from './delivery/dispatcher.ts'
import type { OutboxDelivery } from './delivery/outbox.ts'
import type { CompanionConnection } from './delivery/request.ts'
import { createStorage, type JsonStorage } from './delivery/storage.ts'
import { createEvents } from './events.ts'
import type { ActivityEvent } from './schema/activity.ts'
import type { Config } from './schema/config.ts'
import type { Trigger } from './schema/triggers.ts'
import { createInertTourhook } from './tour/inert-tourhook.ts'
import { createLateSteps } from './tour/late-steps.ts'
import { createReporter } from './tour/reporter.ts'
import type { Run, RunEvents } from './tour/run.ts'
import { createRuns } from './tour/runs.ts'
import { watchPasswords } from './tour/sources/passwords.ts'
import type { Scope, TourContext } from './tour/sources/sources.ts'
import { createTagStore, type TagSource, type TagStore } from './tour/tag-store.ts'
import { takeOver } from './tour/take-over.ts'
import { triggerDelivery } from './tour/trigger.ts'
import type { Json } from './values/json.ts'

/** What Tourhook announces. */
export interface TourhookEvents extends RunEvents, DeliveryEvents {
  /** Something is wrong: a mistake in the config, a listener's bug, an endpoint that can't be reached. */
  error: { error: Error }
}

/** `server`: the companion's address, for the relay and for the server's events. */
export interface TourhookOptions extends CompanionConnection {
  /** The visitor's tags: an object, or a function that is asked at each use. */
  tags?: TagSource | undefined
  /** Draws the steps. */
  renderer?: Renderer | undefined
  /**
   * Whether the visitor has agreed: `true` alone is a yes. Without it nothing is stored or sent, and no trigger fires.
   * @default true
   */
  consent?: boolean | undefined
  /**
   * What requests go through.
   * @default the page's
   */
  fetch?: typeof fetch | undefined
  /**
   * What the keys of all that is stored begin with, before a colon: Tourhooks with the same share it.
   * @default 'tourhook'
   */
  namespace?: string | undefined
}

/** Draws the steps of a Tourhook; returns the undo. */
export type Renderer = (tourhook: Tourhook) => () => void

/** What a trigger without a tour knows. */
export interface TriggerContext {
  /** For sources such as `{ "answer": "role" }`. */
  answers?: Record<string, Json> | undefined
  /** For sources such as `{ "tour": "name" }`, and for the message's event. */
  tour?: TourContext | undefined
}

export interface Tourhook {
  /** The config that it was made with. */
  readonly config: Config
  /** What outlives the page; without consent, it keeps nothing. */
  readonly storage: JsonStorage
  /** Starts a tour, or goes on with the run that this tab has of it; `undefined` when there is no such tour. */
  start(tour: string): Run | undefined
  /** Those under way, the latest started last. */
  runs(): Run[]
  /** Fires one trigger without a tour. */
  trigger(trigger: Trigger, context?: TriggerContext): void
  /** The visitor's tags. */
  readonly tags: TagStore
  /** Reports to the companion what the visitor did: a checklist's item, a banner. */
  report(event: ActivityEvent): void
  /** Announces an error, as the event `error` and on the console. */
  reportError(error: unknown): void
  /** Subscribes to an event; returns the undo. Each is a DOM event on `document`, too: `tourhook:delivered`. */
  on<Name extends keyof TourhookEvents>(name: Name, listener: (event: TourhookEvents[Name]) => void): () => void
  /** Tries what waits, now. */
  flush(): Promise<void>
  /** What waits. */
  pending(): DeliveryEvent[]
  /** The visitor agrees, or no longer does: then all that is stored is removed. */
  consent(given: boolean): void
  /** Stops it; what waits is sent from the next page. */
  destroy(): void
}

/**
 * The engine: tours and their triggers, and the delivery of what they send.
 *
 * Several may live on one page; those that name the same webhook id share its deliveries. After it has
 * returned, nothing is thrown: what goes wrong is announced as `error`.
 *
 * @throws {TypeError} when the config is not an object.
 * @example
 * const tourhook = createTourhook(config, { tags: { userId: 'user_123' } })
 * tourhook.on('step', ({ step, run }) => draw(step, run))
 * tourhook.start('welcome')
 */
export function createTourhook(config: Config, options: TourhookOptions = {}): Tourhook {
  if (typeof document === 'undefined') return createInertTourhook(config)
  return takeOver(createInPage(config, options), options.namespace)
}

/** The same, for scripts: no server runs them, and no hot reload runs them again. */
export function createInPage(config: Config, options: TourhookOptions = {}): Tourhook {
  if (Object(config) !== config || Array.isArray(config)) {
    throw new TypeError(`expected a config object, got ${kindOf(config)}`)
  }
  const { namespace = 'tourhook' } = options
  const { fetch: pageFetch } = globalThis
  const { on, emit, reportError, attempt } = createEvents<TourhookEvents>()
  const webhooks = listOf('webhooks', config.webhooks)
  const tours = listOf('tours', config.tours)
  let consented = options.consent === undefined || isConsent(options.consent)
  let isDestroyed = false

  const local = createStorage('localStorage', namespace, isAllowed)
  const tab = createStorage('sessionStorage', namespace, isAllowed)
  const tags = createTagStore(options.tags, { onError: reportError, onChange: onTagsChange })

  watchPasswords()
  const dispatcher = createDispatcher({
    webhooks,
    companion: options,
    storage: local,
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    keptFetch: options.fetch ?? pageFetch,
    emit,
    onError: reportError,
  })
  const reporter = createReporter({ companion: options, tags, storage: tab, dispatch })
  const runs = createRuns({ tours, tags, storage: tab, fire, emit, attempt })
  const onStep = createLateSteps({ on, waiting: runs.waiting, attempt })

  function isAllowed(): boolean {
    return consented
  }

  /** One of the config's lists; what is wrong with it is announced, and left out. */
  function listOf<Item>(key: 'webhooks' | 'tours', given: readonly Item[] | undefined): readonly Item[] {
    const list = given ?? []
    const wrong = Array.isArray(list) ? list.filter(item => Object(item) !== item) : [list]
    // The list itself, to which a page may add.
    if (wrong.length === 0) return list
    announceSoon(new TypeError(`expected "${key}" to be a list of objects, got ${kindOf(wrong[0])}`))
    return Array.isArray(list) ? list.filter(item => !wrong.includes(item)) : []
  }

  /** Only `true` is consent: "False" or 0 in its place is a mistake, and no. */
  function isConsent(given: unknown): boolean {
    if (typeof given !== 'boolean') {
      const got = `${typeof given} "${String(given)}"`
      announceSoon(new TypeError(`consent: expected true or false, got ${got}; nothing is stored or sent`))
    }
    return given === true
  }

  /** So that listeners which are added right away hear of it. */
  function announceSoon(error: Error): void {
    queueMicrotask(() => reportError(error))
  }

  function dispatch(delivery: OutboxDelivery): void {
    if (consented) dispatcher.dispatch(delivery)
  }

  function fire(trigger: Trigger, scope: Scope): boolean {
    const { userHash } = options
    const send = () =>
      dispatcher.dispatch(triggerDelivery(trigger, scope, { webhooks, userHash, onError: reportError }))
    if (consented) attempt(send)
    return consented
  }

  /** Goes on where the page before has left off. */
  function resume(): void {
    if (!consented || isDestroyed) return
    void dispatcher.flush()
    runs.resume()
    reporter.reportTags()
  }

  function onTagsChange(isCleared: boolean): void {
    if (isCleared) {
      runs.abandon()
      return
    }
    runs.check()
    if (consented) runs.resume()
    reporter.reportTags()
  }

  const tourhook: Tourhook = {
    config,
    storage: local,
    start: id => attempt(() => runs.start(id)),
    runs: runs.active,
    trigger: (trigger, context) =>
      void attempt(() =>
        fire(trigger, { tags: tags.get(), answers: context?.answers ?? {}, tour: context?.tour }),
      ),
    tags,
    report: event => void attempt(() => reporter.report(event)),
    reportError,
    on: (name, listener) =>
      name === 'step' ? onStep(name, listener as Parameters<typeof onStep>[1]) : on(name, listener),
    flush: dispatcher.flush,
    pending: dispatcher.pending,
    consent(given) {
      const before = consented
      consented = isConsent(given)
      if (before && consented) return
      if (!consented) {
        dispatcher.abort()
        // What a page before has stored goes, too.
        local.clear()
        tab.clear()
      }
      resume()
    },
    destroy() {
      isDestroyed = true
      attempt(() => undoRenderer?.())
      runs.stop()
      dispatcher.stop()
    },
  }

  on('completed', ({ tour: id, run }) =>
    reporter.report({ name: 'tour_completed', id, answers: { ...run.answers } }),
  )
  const undoRenderer = attempt(() => options.renderer?.(tourhook))
  // So that listeners which are added right away hear of it.
  queueMicrotask(resume)
  return tourhook
}

/** Never what it holds: a webhook's URL is often its password. */
function kindOf(value: unknown): unknown {
  return Array.isArray(value) ? 'a list' : value && typeof value
}
