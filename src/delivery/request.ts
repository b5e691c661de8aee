import { addressOf, bodyOf, fillTemplate, headersOf } from '../message/body.ts'
import type { Webhook } from '../schema/webhook.ts'
import { own, stringify } from '../values/json.ts'
import type { OutboxDelivery } from './outbox.ts'
import { isControlled } from './service-worker.ts'
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
 * The request that takes a delivery to its webhook by a transport.
 *
 * @throws {TypeError} when the webhook has no usable URL for it, or the relay no server.
 */
export function requestOf(
  delivery: OutboxDelivery,
  webhook: Webhook,
  transport: TransportMode,
  companion: CompanionConnection,
): OutgoingRequest {
  if (delivery.webhook === null) return companionRequest('events', delivery.message, companion)
  const { message, values, userHash } = delivery
  if (transport === 'relay') {
    return companionRequest(`relay/${encodeURIComponent(webhook.id)}`, { message, values, userHash }, companion)
  }

  const { method = 'POST', url = '' } = webhook
  if (!/^https?:/i.test(url)) throw new TypeError(`webhook "${webhook.id}": expected an http(s) URL`)
  const isSimple = transport === 'simple'
  const filled = fillTemplate(webhook, message, name => own(values, name))
  // A service worker may answer from its cache what looks like a request before.
  const isCached = method === 'GET' && isControlled()
  const query = { ...(isCached && { messageId: message.id }), ...webhook.query }
  return {
    url: addressOf({ ...webhook, url, query }, message, filled),
    method,
    mode: isSimple ? 'no-cors' : 'cors',
    headers: isSimple ? {} : { ...(method === 'POST' && json), ...headersOf(webhook) },
    ...(method === 'POST' && { body: stringify(bodyOf(webhook, message, filled)) }),
  }
}

function companionRequest(path: string, body: unknown, companion: CompanionConnection): OutgoingRequest {
  if (!companion.server) throw new TypeError('the relay needs the "server" option')
  const url = companionUrl(path, companion)
  return { url, method: 'POST', mode: 'cors', headers: json, body: stringify(body) }
}

/** The companion's address for `/v1/…`, with the site's key. */
export function companionUrl(path: string, { server = '', siteKey }: CompanionConnection): string {
  return `${server.replace(/\/$/, '')}/v1/${path}${siteKey ? `?key=${encodeURIComponent(siteKey)}` : ''}`
}
