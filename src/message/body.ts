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
export function contentOf(webhook: Pick<Webhook, 'body'>, message: Message, filled?: Json): Json {
  if (typeof webhook.body === 'object') return filled ?? {}
  return webhook.body === 'data'
    ? message.data
    : { ...message, events: message.events.map(event => ({ ...event })) }
}

/**
 * The address that a webhook is called at: its URL and extra parameters, and, for GET, the data.
 *
 * By GET, the envelope's own entries travel as `message.id`, `message.timestamp` and so on, beside the data.
 */
export function addressOf(
  webhook: Pick<Webhook, 'method' | 'query' | 'body'> & { url: string },
  message: Message,
  filled?: Json,
): string {
  const address = new URL(webhook.url)
  const set = ([key, value]: [string, unknown]) =>
    address.searchParams.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value))
  Object.entries(webhook.query ?? {}).forEach(set)
  if (webhook.method === 'GET') {
    const { data, ...envelope } = message
    const whole = (webhook.body ?? 'envelope') === 'envelope'
    if (whole) for (const [key, value] of Object.entries(envelope)) set([`message.${key}`, value])
    Object.entries(whole ? data : (contentOf(webhook, message, filled) ?? {})).forEach(set)
  }
  return address.href
}

/** The headers of a webhook's own, with `auth` as HTTP Basic (RFC 7617, UTF-8). */
export function headersOf({ headers, auth }: Pick<Webhook, 'headers' | 'auth'>): Record<string, string> {
  if (!auth) return { ...headers }
  const bytes = new TextEncoder().encode(`${auth.username}:${auth.password}`)
  return { ...headers, authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` }
}
