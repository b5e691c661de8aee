import type { Clock } from '../clock.ts'
import type { DeliveryFilter } from '../stores/log-query.ts'
import type { BulkOptions, Delivery, HourCount, HourSpan, LastAttempt, Store } from '../stores/store.ts'
import type { Registry } from '../webhooks/registry.ts'
import { cursorOf, parseCursor } from './log-cursor.ts'

/** A page of the log. */
export interface DeliveryPage {
  /** The newest first. */
  deliveries: Delivery[]
  /** Give it as `cursor` for the next page, or to look further back; absent on the last. */
  next?: string
  /**
   * Present when the search ended early so as not to take long: nothing newer than this, in milliseconds since 1970, is
   * missing, and `next` looks further back.
   */
  searchedTo?: number
}

/** The delivery log: what was sent where, and how each attempt went. */
export interface DeliveryLog {
  /** Lists deliveries by id, webhook, state, event, user and time. `limit` is 1 to 500. @default limit 50 */
  list(
    filter?: DeliveryFilter & { limit?: number | undefined; cursor?: string | undefined },
  ): Promise<DeliveryPage>
  /** One delivery; without `webhook`, the first of its message's id. */
  get(id: string, webhook?: string): Promise<Delivery | undefined>
  /** Counts one by one, no further than `most`; for totals and charts, `hours` is quicker. */
  count(filter?: DeliveryFilter, options?: { most?: number | undefined }): Promise<number>
  /** The attempts of each hour, by webhook and outcome. Times in milliseconds since 1970. */
  hours(span: HourSpan): Promise<HourCount[]>
  /** How the last attempt at each of these webhooks went, by its id; none where nothing has been tried. */
  lastAttempts(webhooks: readonly string[]): Promise<Map<string, LastAttempt>>
  /**
   * Sends a message again, under its id, from the start of the schedule, to each of its webhooks or to one of them;
   * `false` when it isn't known.
   *
   * @throws {TypeError} (rejects) when its webhook is there no more.
   */
  resend(id: string, webhook?: string): Promise<boolean>
  /**
   * Sends again all that match, also what waits for its next attempt; in slices. Returns how many. Times in milliseconds
   * since 1970.
   *
   * @throws {TypeError} (rejects) when there is no such webhook.
   */
  replay(filter: DeliveryFilter, options?: BulkOptions): Promise<number>
  /** Gives up all that match and still wait; in slices. They count as failed. Returns how many. */
  cancel(filter: DeliveryFilter, options?: BulkOptions): Promise<number>
}

export interface DeliveryLogOptions {
  store: Store
  registry: Pick<Registry, 'load' | 'find' | 'get' | 'all' | 'isLoaded'>
  clock: Pick<Clock, 'now'>
  /** Says that there is something new to send. */
  wake: () => void
}

/** What administrators read and change of the delivery log. */
export function createDeliveryLog({ store, registry, clock, wake }: DeliveryLogOptions): DeliveryLog {
  /** What waits for a webhook that is there no more would wait until it is forgotten. */
  async function checkWebhook(id: string) {
    await registry.load()
    registry.find(id)
  }

  /** Says of a delivery that waits for its webhook, rather than for its time, why. */
  function explained(delivery: Delivery): Delivery {
    const { state, reason, webhook } = delivery
    if (state !== 'pending' || reason !== undefined || !registry.isLoaded()) return delivery
    const found = registry.get(webhook)
    if (!found) return { ...delivery, reason: `waits: there is no webhook "${webhook}" any more` }
    return found.disabled
      ? { ...delivery, reason: `waits: its webhook is disabled (${found.disabled.reason})` }
      : delivery
  }

  async function requeue(filter: DeliveryFilter, options?: BulkOptions): Promise<number> {
    try {
      return await store.requeue(filter, clock.now(), options)
    } finally {
      wake()
    }
  }

  return {
    async list({ limit = 50, cursor, ...filter } = {}) {
      if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
        throw new RangeError(`limit: expected a whole number from 1 to 500, got ${limit}`)
      }
      const before = cursor === undefined ? undefined : parseCursor(cursor)
      const found = await store.list(filter, { limit: limit + 1, before })
      const deliveries = found.deliveries.slice(0, limit).map(explained)
      const last = deliveries.at(-1)
      if (found.deliveries.length > limit && last) return { deliveries, next: cursorOf(last) }
      const { searchedTo } = found
      return searchedTo
        ? { deliveries, next: cursorOf(searchedTo), searchedTo: searchedTo.createdAt }
        : { deliveries }
    },
    async get(id, webhook) {
      const found = await store.get(id, webhook)
      return found && explained(found)
    },
    count: (filter = {}, options) => store.count(filter, options),
    hours: span => store.hours(span),
    lastAttempts: webhooks => store.lastAttempts(webhooks),
    async resend(id, webhook) {
      const { deliveries } = await store.list({ id, webhook }, { limit: 500 })
      if (deliveries.length === 0) return false
      for (const delivery of deliveries) await checkWebhook(delivery.webhook)
      return (await requeue({ id, webhook })) > 0
    },
    async replay(filter, options) {
      if (filter.webhook !== undefined) await checkWebhook(filter.webhook)
      else await registry.load()
      const { only = () => true } = options ?? {}
      // What is sent again to a webhook that is there no more would wait until it is forgotten.
      return requeue(filter, { ...options, only: id => only(id) && registry.get(id) !== undefined })
    },
    cancel: (filter, options) => store.cancel(filter, options),
  }
}
