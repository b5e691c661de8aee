import type { JsonStorage } from './storage.ts'

/** How a message can leave a page. */
export type Way =
  /** JSON, with the endpoint's CORS headers; its answer can be read. */
  | 'cors'
  /** text/plain without a preflight, for endpoints without CORS; its answer can't be read. */
  | 'simple'
  /** Through the companion, which knows the real endpoint. */
  | 'relay'

/** Which way has worked for a webhook, kept for a day: an endpoint may get CORS headers, or lose them. */
export interface WayMemory {
  get(webhook: string): Way | undefined
  set(webhook: string, way: Way | undefined): void
}

const lifetimeMs = 24 * 3_600_000

export function rememberWays(storage: JsonStorage, now: () => number = Date.now): WayMemory {
  return {
    get(webhook) {
      const known = storage.get(`way:${webhook}`) as { way: Way; until: number } | undefined
      return known && known.until > now() ? known.way : undefined
    },
    set: (webhook, way) =>
      way
        ? storage.set(`way:${webhook}`, { way, until: now() + lifetimeMs })
        : storage.remove(`way:${webhook}`),
  }
}
