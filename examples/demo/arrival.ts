import type { IncomingMessage } from 'node:http'
import { Webhook } from 'standardwebhooks'

/** How a request came. */
export type Travel = 'preflight' | 'json' | 'simple' | 'get' | 'relay' | 'server'

/** One request as the panel shows it. */
export interface Arrival {
  /** Counted from 1. */
  number: number
  /** ISO 8601 */
  at: string
  method: string
  path: string
  query: Record<string, string>
  travel: Travel
  headers: Record<string, string>
  /** Parsed, where it is JSON. */
  body: unknown
  messageId?: string | undefined
  /** The which request with this id it is, from 1; and whether one before was answered with success. */
  time: number
  isRepeat: boolean
  /** `null`: no answer was given. */
  status: number | null
  /** By Standard Webhooks; only what comes from a server is signed. */
  signature?: 'verified' | 'wrong' | undefined
}

export interface ArrivalOptions {
  text: string
  status: number | null
  /** The endpoint's secret. */
  secret: string
  /** What arrived before. */
  before: readonly Arrival[]
}

/** Reads from a request what there is to show of it. */
export function arrivalOf(request: IncomingMessage, { text, status, secret, before }: ArrivalOptions): Arrival {
  const { method = '', url = '/' } = request
  const [path = '', search] = url.split('?')
  const query = Object.fromEntries(new URLSearchParams(search))
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const body = parseBody(text)
  const messageId = idIn(body) ?? headers['webhook-id'] ?? query.messageId
  const same = before.filter(other => other.messageId === messageId && other.path === path)
  return {
    number: (before[0]?.number ?? 0) + 1,
    at: new Date().toISOString(),
    method,
    path,
    query,
    travel: travelOf(request, body),
    headers,
    body,
    messageId,
    time: messageId === undefined ? 1 : same.length + 1,
    isRepeat: messageId !== undefined && same.some(({ status }) => status === 200),
    status,
    signature: 'webhook-signature' in headers ? check(text, headers, secret) : undefined,
  }
}

/** What every receiver of signed webhooks should do; the library also refuses what is older than five minutes. */
function check(text: string, headers: Record<string, string>, secret: string): Arrival['signature'] {
  try {
    new Webhook(secret).verify(text, headers)
    return 'verified'
  } catch {
    return 'wrong' // which the panel shows
  }
}

function travelOf({ method, headers }: IncomingMessage, body: unknown): Travel {
  if (method === 'OPTIONS') return 'preflight'
  if ('webhook-signature' in headers) return isFromTrigger(body) ? 'relay' : 'server'
  if (method === 'GET') return 'get'
  return headers['content-type']?.startsWith('application/json') ? 'json' : 'simple'
}

function isFromTrigger(body: unknown): boolean {
  const events = property(body, 'events')
  return Array.isArray(events) && property(events[0], 'name') === 'trigger_event'
}

function idIn(body: unknown): string | undefined {
  const id = property(body, 'id')
  return typeof id === 'string' ? id : undefined
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** What a body says: as JSON, or as it is. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // shown as it is
  }
}
