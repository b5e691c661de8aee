import { isIP } from 'node:net'
import type { Webhook } from '../../../schema/webhook.ts'
import { addressGuard } from '../../egress/address-guard.ts'

/** The webhooks whose URL, as it is written, names a private address that may not be called. */
export function privateWebhooks(
  webhooks: readonly Webhook[],
  allowNetworks: readonly string[],
): { id: string; origin: string }[] {
  const isAllowed = addressGuard(allowNetworks)
  return webhooks.flatMap(({ id, url }) => {
    if (url === undefined) return []
    const { origin, hostname } = new URL(url)
    const host = hostname.replace(/^\[|\]$/g, '')
    const address = /(^|\.)localhost$/.test(host) ? '127.0.0.1' : host
    return isIP(address) !== 0 && !isAllowed(address) ? { id, origin } : []
  })
}
