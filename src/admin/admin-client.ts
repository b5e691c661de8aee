import type { LoggedAttempt, LoggedDelivery } from '../schema/admin/logged-delivery.ts'
import type { ProbeResult, WebhookState } from '../schema/admin/webhook-state.ts'
import type { EventName } from '../schema/event.ts'
import type { Webhook } from '../schema/webhook.ts'
import { type AdminConnection, type AdminRequest, createAdminRequest } from './admin-request.ts'

/** Which deliveries are meant; all conditions must hold. Times as ISO 8601 or a Date; `until` is excluded. */
export interface DeliveryQuery {
  /** The message's id. */
  id?: string | undefined
  /** The webhook's id. */
  webhook?: string | undefined
  /** Still to be sent, arrived, or given up. */
  state?: 'pending' | 'delivered' | 'failed' | undefined
  /** An event that the message tells of. */
  event?: EventName | 'trigger_event' | undefined
  /** The user whom the message is about. */
  userId?: string | undefined
  /** From then on. */
  since?: string | Date | undefined
  /** Up to then. */
  until?: string | Date | undefined
}

/** The webhooks of a companion. */
export interface AdminWebhooks {
  /** All, the config's first. */
  list(): Promise<WebhookState[]>
  /** @throws {NotFoundError} (rejects) when there is none. */
  get(id: string): Promise<WebhookState>
  /** Makes one; its secret is shown here and never again. */
  create(
    webhook: Omit<Webhook, 'id'> & { id?: string | undefined },
  ): Promise<{ webhook: WebhookState; secret: string }>
  /** Changes one that was made at run time; `null` removes an entry. */
  update(
    id: string,
    change: { [Key in keyof Webhook]?: Webhook[Key] | null },
  ): Promise<WebhookState & { secret?: string }>
  /** Removes one that was made at run time. */
  remove(id: string): Promise<void>
  /** Sends what has waited, and what comes. */
  enable(id: string): Promise<WebhookState>
  /** Keeps what comes until it is enabled again. */
  disable(id: string): Promise<WebhookState>
  /** A new secret; the old one signs as well for 24 hours. */
  rotateSecret(id: string): Promise<{ secret: string }>
  /** Sends a signed sample at once, and says how it went. */
  test(id: string): Promise<LoggedAttempt>
  /** Asks an endpoint as a browser's preflight would. */
  probe(url: string, options?: { origin?: string; headers?: readonly string[] }): Promise<ProbeResult>
}

/** The delivery log of a companion. */
export interface AdminDeliveries {
  /** All that match, the newest first: pages are fetched as they are needed. */
  list(query?: DeliveryQuery): AsyncIterableIterator<LoggedDelivery>
  /** @throws {NotFoundError} (rejects) when the log has none of this id. */
  get(id: string, webhook?: string): Promise<LoggedDelivery>
  /** Sends one again, under its id. */
  resend(id: string, webhook?: string): Promise<void>
  /** Sends again all that match, also what waits; returns how many. */
  replay(query: DeliveryQuery): Promise<number>
  /** Gives up all that match and still wait; returns how many. */
  cancel(query: DeliveryQuery): Promise<number>
}

/** A companion's admin API. */
export interface AdminClient {
  webhooks: AdminWebhooks
  deliveries: AdminDeliveries
  users: {
    /** Erases what is kept of a user, and what their messages said. */
    forget(id: string): Promise<void>
  }
}

/**
 * A typed client of a companion's admin API.
 *
 * What the companion refuses rejects with an {@link AdminError}: `AccessError`, `NotFoundError`, `ConflictError`,
 * `InvalidError` or `UnavailableError`.
 *
 * @example
 * const admin = createAdminClient({ url: 'https://tours.example.com', token })
 * for await (const { id, summary } of admin.deliveries.list({ state: 'failed' })) console.log(id, summary)
 */
export function createAdminClient(connection: AdminConnection): AdminClient {
  const request = createAdminRequest(connection)
  return {
    webhooks: webhooksOf(request),
    deliveries: deliveriesOf(request),
    users: {
      async forget(id) {
        await request(pathOf('users', id), { method: 'DELETE' })
      },
    },
  }
}

function webhooksOf(request: AdminRequest): AdminWebhooks {
  /** The companion is the one that checks; here its answers are believed. */
  async function ask<T>(...call: Parameters<AdminRequest>): Promise<T> {
    return (await request(...call)) as T
  }

  return {
    list: async () => (await ask<{ webhooks: WebhookState[] }>('webhooks')).webhooks,
    get: id => ask(pathOf('webhooks', id)),
    create: webhook => ask('webhooks', { method: 'POST', json: webhook }),
    update: (id, change) => ask(pathOf('webhooks', id), { method: 'PATCH', json: change }),
    remove: id => ask(pathOf('webhooks', id), { method: 'DELETE' }),
    enable: id => ask(pathOf('webhooks', id, 'enable'), { method: 'POST' }),
    disable: id => ask(pathOf('webhooks', id, 'disable'), { method: 'POST' }),
    rotateSecret: id => ask(pathOf('webhooks', id, 'rotate-secret'), { method: 'POST' }),
    test: id => ask(pathOf('webhooks', id, 'test'), { method: 'POST' }),
    probe: (url, options) => ask('probe', { method: 'POST', json: { url, ...options } }),
  }
}

function deliveriesOf(request: AdminRequest): AdminDeliveries {
  async function* list(query: DeliveryQuery = {}): AsyncIterableIterator<LoggedDelivery> {
    let cursor: string | undefined
    do {
      const page = (await request('deliveries', { query: { ...textsOf(query), cursor } })) as unknown as {
        deliveries: LoggedDelivery[]
        next?: string
      }
      yield* page.deliveries
      cursor = page.next
    } while (cursor !== undefined)
  }

  async function count(path: string, query: DeliveryQuery, name: string): Promise<number> {
    const answer = await request(path, { method: 'POST', json: textsOf(query) })
    return Number(Object(answer)[name])
  }

  return {
    list,
    get: async (id, webhook) =>
      (await request(pathOf('deliveries', id), { query: { webhook } })) as unknown as LoggedDelivery,
    async resend(id, webhook) {
      await request(pathOf('deliveries', id, 'resend'), { method: 'POST', query: { webhook } })
    },
    replay: query => count('deliveries/replay', query, 'replayed'),
    cancel: query => count('deliveries/cancel', query, 'canceled'),
  }
}

/** Times as ISO 8601. */
function textsOf({ since, until, ...query }: DeliveryQuery): Record<string, string | undefined> {
  const text = (time: string | Date | undefined) => (time instanceof Date ? time.toISOString() : time)
  return { ...query, since: text(since), until: text(until) }
}

function pathOf(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('/')
}
