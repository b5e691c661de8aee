import { addressOf, contentOf, headersOf } from '../message/body.ts'
import type { Webhook } from '../schema/webhook.ts'
import type { WebhookDelivery } from './outbox.ts'
import type { Way } from './ways.ts'

/** A request as the page makes it. */
export interface OutgoingRequest {
  url: string
  method: 'GET' | 'POST'
  mode: 'cors' | 'no-cors'
  headers: Record<string, string>
  body?: string
}

/** Where the companion is, and how it knows the site and the visitor. */
export interface Companion {
  /** Its address. */
  server?: string | undefined
  /** The site's publishable key. */
  siteKey?: string | undefined
  /** HMAC-SHA256 of the user id, in hexadecimal, where the companion demands it. */
  userHash?: string | undefined
}

const json = { 'content-type': 'application/json' }

/**
 * The request that takes a delivery to its webhook, one way.
 *
 * @throws {TypeError} when the webhook has no usable URL for it.
 */
export function webhookRequest(
  { message, filled }: WebhookDelivery,
  webhook: Webhook,
  way: Way,
  companion: Companion,
): OutgoingRequest {
  if (way === 'relay') {
    const { userHash } = companion
    return companionRequest(companion, `relay/${encodeURIComponent(webhook.id)}`, {
      message,
      content: filled,
      userHash,
    })
  }

  const { method = 'POST', url = '' } = webhook
  if (!/^https?:/i.test(url)) throw new TypeError(`webhook "${webhook.id}": expected an http(s) URL`)
  const simple = way === 'simple'
  return {
    url: addressOf({ ...webhook, url }, message, filled),
    method,
    mode: simple ? 'no-cors' : 'cors',
    headers: simple ? {} : { ...(method === 'POST' && json), ...headersOf(webhook) },
    ...(method === 'POST' && { body: JSON.stringify(contentOf(webhook, message, filled)) }),
  }
}

/**
 * A request to the companion's `/v1/…`.
 *
 * @throws {TypeError} when its address is not given.
 */
export function companionRequest({ server, siteKey }: Companion, path: string, body: unknown): OutgoingRequest {
  if (!server) throw new TypeError('the relay needs the "server" option')
  const url = new URL(`${server.replace(/\/$/, '')}/v1/${path}`, location.href)
  if (siteKey) url.searchParams.set('key', siteKey)
  return { url: url.href, method: 'POST', mode: 'cors', headers: json, body: JSON.stringify(body) }
}
