import { createDispatcher, type DeliveryEvent, type DeliveryEvents } from './delivery/dispatcher.ts'
import { createOutbox, type OutboxDelivery } from './delivery/outbox.ts'
import { watchPage } from './delivery/page.ts'
import type { CompanionConnection } from './delivery/request.ts'
import { createStorage, type JsonStorage } from './delivery/storage.ts'
import { createTransport } from './delivery/transport.ts'
import { createEvents } from './events.ts'
import type { ActivityEvent } from './schema/activity.ts'
import type { Config } from './schema/config.ts'
import type { Trigger } from './schema/triggers.ts'
import { createReporter } from './tour/reporter.ts'
import type { Run, RunEvents } from './tour/run.ts'
import { createRuns } from './tour/runs.ts'
import { watchPasswords } from './tour/sources/private-elements.ts'
import type { Scope, TourContext } from './tour/sources/sources.ts'
import { createTagStore, type TagSource, type TagStore, withChangeListener } from './tour/tag-store.ts'
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
   * Whether the visitor has agreed. Without it nothing is stored or sent, and no trigger fires.
   * @default true
   */
  consent?: boolean | undefined
  /**
   * Makes the requests.
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
  if (Object(config) !== config) throw new TypeError(`expected a config object, got ${config && typeof config}`)
  const { webhooks = [], tours = [] } = config
  const { namespace = 'tourhook' } = options
  let consented = options.consent ?? true
  let isDestroyed = false

  const { on, emit, reportError, attempt } = createEvents<TourhookEvents>()
  const isAllowed = () => consented
  const local = createStorage('localStorage', namespace, isAllowed)
  const tab = createStorage('sessionStorage', namespace, isAllowed)
  const tags = createTagStore(options.tags, reportError)

  const stopWatching = watchPasswords()
  const page = watchPage({
    onLeave: () => dispatcher.leave(),
    onReturn: () => dispatcher.resume(),
  })
  const dispatcher = createDispatcher({
    outbox: createOutbox(local),
    deliver: createTransport({
      webhooks,
      companion: options,
      storage: local,
      page,
      fetch: options.fetch,
      onError: reportError,
    }),
    emit,
    onError: reportError,
  })
  const reporter = options.server
    ? createReporter({ companion: options, tags, storage: tab, dispatch })
    : undefined
  const runs = createRuns({ tours, tags, storage: tab, fire, emit, attempt })

  function dispatch(delivery: OutboxDelivery): void {
    if (consented) dispatcher.dispatch(delivery)
  }

  function fire(trigger: Trigger, scope: Scope): boolean {
    if (consented) attempt(() => dispatch(triggerDelivery(trigger, webhooks, scope, reportError)))
    return consented
  }

  /** Goes on where the page before has left off. */
  function resume(): void {
    if (!consented || isDestroyed) return
    void dispatcher.flush()
    runs.resume()
    reporter?.reportTags()
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
    tags: withChangeListener(tags, () => reporter?.reportTags()),
    report: event => void attempt(() => reporter?.report(event)),
    reportError,
    on,
    flush: dispatcher.flush,
    pending: dispatcher.pending,
    consent(given) {
      if (given && consented) return
      consented = given
      if (!given) {
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
      dispatcher.stop()
      page.stop()
      stopWatching()
    },
  }

  on('completed', ({ tour: id, run }) =>
    reporter?.report({ name: 'tour_completed', id, answers: { ...run.answers } }),
  )
  const undoRenderer = attempt(() => options.renderer?.(tourhook))
  // In a microtask, so that listeners which are added right away hear of it.
  queueMicrotask(resume)
  return tourhook
}
