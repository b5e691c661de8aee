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

/** Where the companion is. */
export interface Server {
  url: string
  siteKey?: string | undefined
  /** HMAC of the user id, when the companion demands it. */
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
  server?: Server,
): OutgoingRequest {
  if (way === 'relay') {
    return companionRequest(server, `relay/${encodeURIComponent(webhook.id)}`, {
      message,
      ...(filled !== undefined && { content: filled }),
      ...(server?.userHash && { userHash: server.userHash }),
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
export function companionRequest(server: Server | undefined, path: string, body: unknown): OutgoingRequest {
  if (!server) throw new TypeError('"relay" needs the "server" option, the companion\'s address')
  const key = server.siteKey ? `?key=${encodeURIComponent(server.siteKey)}` : ''
  return {
    url: `${server.url.replace(/\/$/, '')}/v1/${path}${key}`,
    method: 'POST',
    mode: 'cors',
    headers: json,
    body: JSON.stringify(body),
  }
}
