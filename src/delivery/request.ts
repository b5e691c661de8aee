import { addressOf, bodyOf, headersOf } from '../message/body.ts'
import type { Webhook } from '../schema/webhook.ts'
import type { OutboxDelivery } from './outbox.ts'
import type { TransportMode } from './transport-memory.ts'

/** A request as the page makes it. */
export interface OutgoingRequest {
  url: string
  method: 'GET' | 'POST'
  mode: 'cors' | 'no-cors'
  headers: Record<string, string>
  body?: string
}

/** Where the companion is, and how it knows the site and the visitor. */
export interface CompanionConnection {
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
 * @throws {TypeError} when the webhook has no usable URL for it, or the relay no server.
 */
export function requestOf(
  delivery: OutboxDelivery,
  webhook: Webhook,
  way: TransportMode,
  companion: CompanionConnection,
): OutgoingRequest {
  if (delivery.webhook === null) return companionRequest('events', delivery.message, companion)
  const { message, content: filled } = delivery
  if (way === 'relay') {
    const { userHash } = companion
    return companionRequest(
      `relay/${encodeURIComponent(webhook.id)}`,
      { message, content: filled, userHash },
      companion,
    )
  }

  const { method = 'POST', url = '' } = webhook
  if (!/^https?:/i.test(url)) throw new TypeError(`webhook "${webhook.id}": expected an http(s) URL`)
  const isSimple = way === 'simple'
  return {
    url: addressOf({ ...webhook, url }, message, filled),
    method,
    mode: isSimple ? 'no-cors' : 'cors',
    headers: isSimple ? {} : { ...(method === 'POST' && json), ...headersOf(webhook) },
    ...(method === 'POST' && { body: JSON.stringify(bodyOf(webhook, message, filled)) }),
  }
}

function companionRequest(path: string, body: unknown, companion: CompanionConnection): OutgoingRequest {
  if (!companion.server) throw new TypeError('the relay needs the "server" option')
  const url = companionUrl(path, companion)
  return { url, method: 'POST', mode: 'cors', headers: json, body: JSON.stringify(body) }
}

/** The companion's address for `/v1/…`, with the site's key. */
export function companionUrl(path: string, { server = '', siteKey }: CompanionConnection): string {
  return `${server.replace(/\/$/, '')}/v1/${path}${siteKey ? `?key=${encodeURIComponent(siteKey)}` : ''}`
}
