import type { Webhook } from '../schema/webhook.ts'
import { hasKey, type Json, mapValues, own, stringify } from '../values/json.ts'
import type { Message } from './message.ts'
import { fillJson, type Lookup } from './template.ts'

/**
 * The webhook's template, filled, or `undefined` when it has none.
 *
 * A placeholder names an entry of the message's data first, and what `lookup` knows otherwise.
 */
export function fillTemplate(
  webhook: Pick<Webhook, 'body'>,
  message: Message,
  lookup: Lookup,
): Json | undefined {
  const { body } = webhook
  if (typeof body !== 'object') return undefined
  return fillJson(body, name => own(message.data, name) ?? lookup(name))
}

/** What the placeholders of the webhook's template stand for, by their names; `undefined` when it has none. */
export function templateValues(
  webhook: Pick<Webhook, 'body'>,
  message: Message,
  lookup: Lookup,
): Record<string, Json | undefined> | undefined {
  if (typeof webhook.body !== 'object') return undefined
  const found = new Map<string, Json | undefined>()
  fillJson(webhook.body, name => {
    found.set(name, own(message.data, name) ?? lookup(name))
    return undefined
  })
  return Object.fromEntries(found)
}

/**
 * What a webhook is sent: the message, its bare data, or its filled template.
 *
 * A message that is older than the template is filled in with its data alone.
 */
export function bodyOf(
  webhook: Pick<Webhook, 'body'>,
  message: Message,
  filled = fillTemplate(webhook, message, () => undefined),
): unknown {
  if (typeof webhook.body === 'object') return filled
  return webhook.body === 'data' ? message.data : message
}

/**
 * The address that a webhook is called at: its URL with its extra parameters and, for GET, the data.
 *
 * By GET the envelope is the data and the message's id, as `messageId`. The webhook's own parameters, and those
 * in its URL, are not the data's to change.
 */
export function addressOf(
  { url, query = {}, method, body }: Pick<Webhook, 'query' | 'method' | 'body'> & { url: string },
  message: Message,
  filled?: Json,
): string {
  const address = new URL(url)
  const content = method === 'GET' ? bodyOf({ body }, message, filled) : undefined
  const carried = content === message ? { messageId: message.id, ...message.data } : Object(content)
  const isFree = (key: string) => !address.searchParams.has(key)
  const added = mapValues(
    { ...mapValues(carried, (value, key) => (isFree(key) ? value : undefined)), ...query },
    asText,
  )
  // A signature in the URL covers its parameters as they are written: what is there keeps its bytes.
  const written = address.search ? address.search.slice(1).split('&') : []
  const kept = written.filter(pair => [...new URLSearchParams(pair).keys()].every(name => !hasKey(query, name)))
  if (Object.keys(added).length > 0) address.search = [...kept, new URLSearchParams(added)].join('&')
  return address.href
}

function asText(value: unknown): string {
  return Object(value) === value ? stringify(value) : String(value)
}

/** The headers of a webhook's own, with `auth` as HTTP Basic (RFC 7617, UTF-8). */
export function headersOf({ headers, auth }: Pick<Webhook, 'headers' | 'auth'>): Record<string, string> {
  if (!auth) return { ...headers }
  const bytes = new TextEncoder().encode(`${auth.username}:${auth.password}`)
  return { ...headers, authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` }
}
