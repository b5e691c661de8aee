import type { Delivery, DeliveryFilter, Store } from '../stores/store.ts'
import type { Registry } from '../webhooks/registry.ts'

/** A page of the log. */
export interface DeliveryPage {
  /** The newest first. */
  deliveries: Delivery[]
  /** Give it as `cursor` for the next page; absent on the last. */
  next?: string
}

/** The delivery log: what was sent where, and how each attempt went. */
export interface DeliveryLog {
  /** Lists deliveries by webhook, state, event, user and time. `limit` is 1 to 500. @default limit 50 */
  list(filter?: DeliveryFilter & { limit?: number; cursor?: string }): Promise<DeliveryPage>
  /** One delivery, or `undefined`. */
  get(id: string): Promise<Delivery | undefined>
  /** How many there are. */
  count(filter?: DeliveryFilter): Promise<number>
  /**
   * Sends one again, under its id, from the start of the schedule; `false` when it isn't known.
   *
   * @throws {TypeError} (rejects) when its webhook is there no more.
   */
  resend(id: string): Promise<boolean>
  /**
   * Sends a webhook's settled deliveries of a span of time again; returns how many. Times in milliseconds since 1970.
   *
   * @throws {TypeError} (rejects) when there is no such webhook.
   */
  replay(span: {
    webhook: string
    since: number
    until?: number
    state?: 'delivered' | 'failed'
  }): Promise<number>
}

/** Makes the log's reading side; `wake` says that there is something new to send. */
export function createDeliveryLog({
  store,
  registry,
  now,
  wake,
}: {
  store: Store
  registry: Pick<Registry, 'load' | 'find'>
  now: () => number
  wake: () => void
}): DeliveryLog {
  /** What waits for a webhook that is there no more would wait for ever. */
  const checkWebhook = async (id: string) => {
    await registry.load()
    registry.find(id)
  }

  return {
    async list({ limit = 50, cursor, ...filter } = {}) {
      if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
        throw new RangeError(`limit: expected a whole number from 1 to 500, got ${limit}`)
      }
      const before = cursor === undefined ? {} : { before: parseCursor(cursor) }
      const found = await store.list(filter, { limit: limit + 1, ...before })
      const deliveries = found.slice(0, limit)
      const last = deliveries.at(-1)
      return found.length > limit && last
        ? { deliveries, next: `${last.createdAt}_${last.id}` }
        : { deliveries }
    },
    get: id => store.get(id),
    count: (filter = {}) => store.count(filter),
    async resend(id) {
      const delivery = await store.get(id)
      if (!delivery) return false
      await checkWebhook(delivery.webhook)
      const found = await store.requeue({ id }, now())
      wake()
      return found > 0
    },
    async replay(span) {
      await checkWebhook(span.webhook)
      const found = await store.requeue(span, now())
      wake()
      return found
    },
  }
}

function parseCursor(cursor: string) {
  const [, createdAt, id] = /^(\d+)_(.+)$/s.exec(cursor) ?? []
  if (createdAt === undefined || id === undefined) throw new RangeError('cursor: expected the "next" of a page')
  return { createdAt: Number(createdAt), id }
}
