import type { KeyValueStorage } from './storage.ts'

/** How a message can leave a page. */
export type Way =
  /** JSON, with the endpoint's CORS headers; its answer can be read. */
  | 'cors'
  /** text/plain without a preflight, for endpoints without CORS; its answer can't be read. */
  | 'simple'
  /** Through the companion, which knows the real endpoint. */
  | 'relay'

/** Which way worked for a webhook, kept for a day: an endpoint may get CORS headers, or lose them. */
export interface WayMemory {
  get(webhook: string): Way | undefined
  set(webhook: string, way: Way | undefined): void
}

const lifetimeMs = 24 * 3_600_000
const prefix = 'tourhook:way:'

export function rememberWays(storage: KeyValueStorage, now: () => number = Date.now): WayMemory {
  return {
    get(webhook) {
      const [way, until] = (storage.get(prefix + webhook) ?? '').split(' ')
      return (way === 'cors' || way === 'simple') && Number(until) > now() ? way : undefined
    },
    set(webhook, way) {
      if (way) storage.set(prefix + webhook, `${way} ${now() + lifetimeMs}`)
      else storage.remove(prefix + webhook)
    },
  }
}
