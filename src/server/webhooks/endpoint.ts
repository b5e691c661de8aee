import { createHash, type KeyObject } from 'node:crypto'
import type { CallableWebhook } from './callable.ts'

/** A webhook that can be called, with the keys that sign today. */
export interface Endpoint {
  webhook: CallableWebhook
  keys: readonly KeyObject[]
}

/** Tells a webhook's address from its next one without showing it. */
export function endpointMark({ url }: Pick<CallableWebhook, 'url'>): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 16)
}
