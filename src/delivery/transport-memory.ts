import type { Webhook } from '../schema/webhook.ts'
import type { JsonStorage } from './storage.ts'

/** How a message can leave a page. */
export type TransportMode =
  /** JSON, with the endpoint's CORS headers; its answer can be read. */
  | 'cors'
  /** text/plain without a preflight, for endpoints without CORS; its answer can't be read. */
  | 'simple'
  /** Through the companion, which knows the real endpoint. */
  | 'relay'

/** Which way has worked at a webhook's address, kept for a day: an endpoint may get CORS headers, or lose them. */
export interface TransportMemory {
  get(webhook: Webhook): TransportMode | undefined
  set(webhook: Webhook, way: TransportMode): void
}

const lifetimeMs = 24 * 3_600_000

export function createTransportMemory(storage: JsonStorage, now: () => number = Date.now): TransportMemory {
  return {
    get({ id, url }) {
      const known = storage.get(`way:${id}`) as { way: TransportMode; url: string; until: number } | undefined
      return known && known.url === url && known.until > now() ? known.way : undefined
    },
    set: ({ id, url }, way) => storage.set(`way:${id}`, { way, url, until: now() + lifetimeMs }),
  }
}
