import type { Webhook } from '../schema/webhook.ts'
import { leftMs } from '../values/elapsed.ts'
import type { JsonStorage } from './storage.ts'

/** How a message can leave a page. */
export type TransportMode =
  /** JSON, with the endpoint's CORS headers; its answer can be read. */
  | 'cors'
  /** text/plain without a preflight, for endpoints without CORS; its answer can't be read. */
  | 'simple'
  /** Through the companion, which knows the real endpoint. */
  | 'relay'

/** Which transport has worked at a webhook's address, kept for a day: an endpoint may get CORS headers, or lose them. */
export interface TransportMemory {
  get(webhook: Webhook): TransportMode | undefined
  set(webhook: Webhook, transport: TransportMode): void
}

interface Known {
  transport: TransportMode
  url: string
  /** ms since 1970. */
  until: number
}

const lifetimeMs = 24 * 3_600_000

export function createTransportMemory(storage: JsonStorage): TransportMemory {
  return {
    get({ id, url }) {
      const { transport, url: knownUrl, until = 0 } = (storage.get(`transport:${id}`) ?? {}) as Partial<Known>
      return knownUrl === url && leftMs(until, lifetimeMs) > 0 ? transport : undefined
    },
    set: ({ id, url }, transport) =>
      storage.set(`transport:${id}`, { transport, url, until: Date.now() + lifetimeMs }),
  }
}
