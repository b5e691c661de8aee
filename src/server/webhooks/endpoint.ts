import { createHash, type KeyObject } from 'node:crypto'
import type { CallableWebhook } from './callable.ts'

/** A webhook that can be called, with the keys that sign today. */
export interface Endpoint {
  webhook: CallableWebhook
  keys: readonly KeyObject[]
}

/** A hash of a webhook's address: it changes with the address and doesn't show it. */
export function endpointMark({ url }: Pick<CallableWebhook, 'url'>): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 16)
}
