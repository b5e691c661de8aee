import type { KeyObject } from 'node:crypto'
import type { Webhook } from '../../schema/webhook.ts'

/** A webhook that can be called, with the keys that sign today. */
export interface Endpoint {
  webhook: Webhook & { url: string }
  keys: readonly KeyObject[]
}
