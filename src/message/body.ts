import type { Webhook } from '../schema/webhook.ts'
import type { Message } from './message.ts'
import { fillJson, type Lookup } from './template.ts'
import { type Json, own } from './value.ts'

/**
 * The webhook's template, filled, or `undefined` when it has none.
 *
 * A placeholder names an entry of the message's data first, and what `lookup` knows otherwise.
 */
export function filledTemplate(
  webhook: Pick<Webhook, 'body'>,
  message: Message,
  lookup: Lookup,
): Json | undefined {
  const { body } = webhook
  if (typeof body !== 'object') return undefined
  return fillJson(body, name => own(message.data, name) ?? lookup(name))
}

/** What a webhook is sent: the message, its bare data, or its filled template. */
export function contentOf({ body }: Pick<Webhook, 'body'>, message: Message, filled?: Json): unknown {
  if (typeof body === 'object') return filled
  return body === 'data' ? message.data : message
}

/**
 * The address that a webhook is called at: its URL with its extra parameters and, for GET, the data.
 *
 * By GET the envelope is the data and the message's id, as `messageId`.
 */
export function addressOf(
  { url, query, method, body }: Pick<Webhook, 'query' | 'method' | 'body'> & { url: string },
  message: Message,
  filled?: Json,
): string {
  const address = new URL(url)
  const carried = body === 'data' ? message.data : (filled ?? { messageId: message.id, ...message.data })
  for (const [key, value] of Object.entries({ ...query, ...(method === 'GET' && Object(carried)) })) {
    address.searchParams.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return address.href
}

/** The headers of a webhook's own, with `auth` as HTTP Basic (RFC 7617, UTF-8). */
export function headersOf({ headers, auth }: Pick<Webhook, 'headers' | 'auth'>): Record<string, string> {
  if (!auth) return { ...headers }
  const bytes = new TextEncoder().encode(`${auth.username}:${auth.password}`)
  return { ...headers, authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` }
}
