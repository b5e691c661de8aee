import { addressOf, bodyOf } from '../../../message/body.ts'
import type { Message } from '../../../message/message.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'

/** A request as an endpoint would get it, with example values. */
export interface SampleRequest {
  method: 'POST' | 'GET'
  /** Absent while there is no usable address. */
  address?: string | undefined
  /** Absent by GET. */
  body?: unknown
}

/** A message as its endpoint would get it. */
export function sampledRequest(
  webhook: Pick<Webhook, 'method' | 'url' | 'body'>,
  message: Message,
  filled: Json | undefined,
): SampleRequest {
  const method = webhook.method ?? 'POST'
  return {
    method,
    // No more of the address than its origin, and none of its own parameters: they are often a password.
    address: originOf(webhook.url, url => addressOf({ method, body: webhook.body, url }, message, filled)),
    body: method === 'GET' ? undefined : bodyOf(webhook, message, filled),
  }
}

function originOf(url: string | undefined, show: (origin: string) => string): string | undefined {
  return url !== undefined && URL.canParse(url) ? show(new URL(url).origin) : undefined
}
