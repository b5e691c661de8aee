import * as z from 'zod/mini'
import type { Json } from '../values/json.ts'
import type { TagValue } from '../values/tags.ts'
import { type Data, dataSchema } from './data.ts'
import { type EventName, type OperationalEventName, subscriptionSchema } from './event.ts'
import { id, json, name, object, optional, required, scalar } from './primitives.ts'

/** How the browser reaches an endpoint. */
export type WebhookTransport = 'auto' | 'cors' | 'simple' | 'relay'

/** One endpoint: its address, how to reach it and what it gets. */
export interface Webhook {
  /** What triggers refer to. */
  id: string
  /**
   * Travels as the message's "name".
   * @default the id
   */
  name?: string | undefined
  /** Where the data goes: https, or http on localhost. Only a webhook with "transport": "relay" does without. */
  url?: string | undefined
  /**
   * "POST" sends JSON as the body; "GET" sends the data as query parameters.
   * @default 'POST'
   */
  method?: 'POST' | 'GET' | undefined
  /** Extra query parameters. */
  query?: Record<string, TagValue> | undefined
  /** Extra request headers. They need an endpoint with CORS, or the relay. */
  headers?: Record<string, string> | undefined
  /** User name and password, sent as HTTP Basic. Every visitor can read them, unless the companion holds them. */
  auth?: WebhookAuth | undefined
  /**
   * How the browser reaches the endpoint: "cors" sends JSON and needs an endpoint with CORS, "simple" sends it as text
   * and can't read the answer, "relay" goes through the companion, "auto" finds out.
   * @default 'auto'
   */
  transport?: WebhookTransport | undefined
  /** Goes with every message to this endpoint. */
  data?: Data | undefined
  /**
   * Takes keys that the config does not name, as `tourhook.trigger()` may send. Without it, the companion drops them
   * from what it relays.
   * @default false
   */
  anyData?: boolean | undefined
  /**
   * What is sent: "envelope" is the whole message, "data" its data alone, and an object a template such as
   * { "text": "{role} is done" }.
   * @default 'envelope'
   */
  body?: 'envelope' | 'data' | Record<string, Json> | undefined

  /** Server side: the events that send it, of users or of other webhooks. */
  events?: (EventName | OperationalEventName)[] | undefined
  /** Server side: sends it only for these tours, checklists, banners, tags or segments, by their ids. */
  contents?: string[] | undefined
  /** Server side: signs each message (Standard Webhooks). `tourhook secret` makes one. */
  secret?: string | undefined
  /**
   * Server side: how many attempts there are at the same time.
   * @default 8
   */
  concurrency?: number | undefined
  /** Server side: how many attempts there are a second, at most. */
  ratePerSecond?: number | undefined
}

/** A user name and a password. */
export interface WebhookAuth {
  /** The user name. */
  username: string
  /** The password. */
  password: string
}

/** The address as an editor can check it: https, or http to this machine. */
const urlPattern = String.raw`^[Hh][Tt][Tt][Pp]([Ss]://|://(localhost|[^/?#@]+\.localhost|127(\.\d+){3}|\[::1\])([:/?#]|$))`

const url = z.string().check(
  z.refine(value => urlProblem(value) === undefined, { error: ({ input }) => urlProblem(String(input)) }),
  z.meta({ pattern: urlPattern }),
)

const headers = z.record(
  name.check(
    z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is no valid header name'),
    z.refine(header => !isForbiddenHeader(header), { error: 'is a header that a page may not set' }),
  ),
  z.string().check(z.regex(/^[\t\x20-\x7e\x80-\xff]*$/, { error: 'expected a header value on one line' })),
)

const body = z.union([z.enum(['envelope', 'data']), z.record(z.string(), json)], {
  error: 'expected "envelope", "data" or a template object',
})

const secret = z.string().check(
  z.regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, {
    error: 'expected whsec_ and 24 to 64 bytes in base64; `npx tourhook secret` makes one',
  }),
)

/** Looks at how the keys go together even where one of them is wrong, so that all problems are found at once. */
const when = ({ value }: { value: unknown }) => typeof value === 'object' && value !== null

export const webhookSchema: z.ZodMiniType<Webhook> = object({
  id: required('What triggers refer to.', id),
  name: optional('Travels as the message\'s "name".', z.string()),
  url: optional(
    'Where the data goes: https, or http on localhost. Only a webhook with "transport": "relay" does without.',
    url,
  ),
  method: optional(
    '"POST" sends JSON as the body; "GET" sends the data as query parameters.',
    z.enum(['POST', 'GET']),
  ),
  query: optional('Extra query parameters.', z.record(name, scalar)),
  headers: optional('Extra request headers. They need an endpoint with CORS, or the relay.', headers),
  auth: optional(
    'User name and password, sent as HTTP Basic. Every visitor can read them, unless the companion holds them.',
    object({
      username: required('The user name.', z.string()),
      password: required('The password.', z.string()),
    }),
  ),
  transport: optional(
    'How the browser reaches the endpoint: "cors" sends JSON and needs an endpoint with CORS, "simple" sends it as text and can\'t read the answer, "relay" goes through the companion, "auto" finds out.',
    z.enum(['auto', 'cors', 'simple', 'relay']),
  ),
  data: optional('Goes with every message to this endpoint.', dataSchema),
  anyData: optional(
    'Takes keys that the config does not name, as `tourhook.trigger()` may send. Without it, the companion drops them from what it relays.',
    z.boolean(),
  ),
  body: optional(
    'What is sent: "envelope" is the whole message, "data" its data alone, and an object a template such as { "text": "{role} is done" }.',
    body,
  ),

  events: optional(
    'Server side: the events that send it, of users or of other webhooks.',
    z.array(subscriptionSchema),
  ),
  contents: optional(
    'Server side: sends it only for these tours, checklists, banners, tags or segments, by their ids.',
    z.array(id),
  ),
  secret: optional('Server side: signs each message (Standard Webhooks). `tourhook secret` makes one.', secret),
  concurrency: optional(
    'Server side: how many attempts there are at the same time.',
    z.int().check(z.positive()),
  ),
  ratePerSecond: optional(
    'Server side: how many attempts there are a second, at most.',
    z.number().check(z.positive()),
  ),
}).check(
  z.refine(({ url, transport }) => url !== undefined || transport === 'relay', {
    path: ['url'],
    when,
    error: 'is missing; only a webhook with "transport": "relay" does without',
  }),
  z.refine(({ transport, headers, auth }) => transport !== 'simple' || (!headers && !auth), {
    path: ['transport'],
    when,
    error: 'a simple request carries neither "headers" nor "auth"; use "cors" or "relay"',
  }),
  z.refine(({ auth, headers }) => !auth || !hasAuthorization(headers), {
    path: ['auth'],
    when,
    error: 'both "auth" and an Authorization header are given; keep one',
  }),
)

function urlProblem(value: string): string | undefined {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value))
    return `expected an absolute URL that begins with https://${urlHint(value)}`
  const { protocol, hostname, username, password } = new URL(value)
  if (username || password) return 'put the user name and the password into "auth"'
  const isLocal = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  return protocol === 'https:' || isLocal ? undefined : 'expected https; http is for localhost only'
}

/** What an address that is none was meant to be. */
function urlHint(value: string): string {
  if (/^\s|\s$/.test(value)) return '; a space stands before or after it'
  if (/^[<"'“‘]/.test(value)) return '; leave out the marks around it'
  if (/^\$|^process\.env|^%\w+%|^\{\{/.test(value)) return '; a config holds the address itself, no variable'
  return ''
}

/** The Fetch standard's forbidden request-headers, and those that Standard Webhooks signs. */
function isForbiddenHeader(header: string): boolean {
  return /^(accept-(charset|encoding)|access-control-request-(headers|method|private-network)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(proxy|sec|webhook)-.*)$/i.test(
    header,
  )
}

function hasAuthorization(headers: Record<string, string> | undefined): boolean {
  return Object.keys(headers ?? {}).some(header => header.toLowerCase() === 'authorization')
}
