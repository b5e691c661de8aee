import * as z from 'zod/mini'
import { dataSchema } from './data.ts'
import { eventNameSchema } from './event.ts'
import { id, name, object, scalar } from './primitives.ts'

const method = z.enum(['POST', 'GET'])
const transport = z
  .enum(['auto', 'cors', 'simple', 'relay'])
  .check(
    z.describe(
      'How the browser reaches the endpoint: JSON with CORS, a simple request without, through the companion, or whichever works.',
    ),
  )

const url = z.string().check(
  z.refine(value => urlProblem(value) === undefined, { error: ({ input }) => urlProblem(String(input)) }),
  z.meta({ description: 'Where the data goes. https, except on localhost.', pattern: '^https?://' }),
)

const headers = z
  .record(
    name.check(
      z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is no valid header name'),
      z.refine(header => !isForbiddenHeader(header), { error: 'is a header that a page may not set' }),
    ),
    z.string().check(z.regex(/^[\t\x20-\x7e\x80-\xff]*$/, { error: 'expected a header value on one line' })),
  )
  .check(z.describe('Extra request headers. They need an endpoint with CORS, or the relay.'))

const body = z
  .union([z.enum(['envelope', 'data']), z.record(z.string(), z.json())], {
    error: 'expected "envelope", "data" or a template object',
  })
  .check(
    z.describe(
      'What is sent: the whole message, its data alone, or a template such as { "text": "{role} is done" }.',
    ),
  )

/** Looks at how the keys go together even where one of them is wrong, so that all problems are told at once. */
const when = ({ value }: { value: unknown }) => typeof value === 'object' && value !== null

/** One endpoint: its address, how to reach it and what it gets. */
export const webhookSchema = object({
  id,
  name: z.optional(z.string().check(z.describe('Travels as "name".'))),
  url: z.optional(url),
  method: z.optional(method),
  query: z.optional(z.record(name, scalar)),
  headers: z.optional(headers),
  auth: z.optional(object({ username: z.string(), password: z.string() })),
  transport: z.optional(transport),
  data: z.optional(dataSchema.check(z.describe('Goes with every message to this endpoint.'))),
  body: z.optional(body),

  events: z.optional(z.array(eventNameSchema).check(z.describe('Server side: the events that send it.'))),
  contents: z.optional(
    z.array(id).check(z.describe('Server side: only for these tours, checklists or banners.')),
  ),
  secret: z.optional(
    z.string().check(
      z.regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, {
        error: 'expected whsec_ and 24 to 64 bytes in base64',
      }),
      z.describe('Server side: signs each message, Standard Webhooks.'),
    ),
  ),
  concurrency: z.optional(z.int().check(z.positive(), z.describe('Server side: attempts at the same time.'))),
  ratePerSecond: z.optional(z.number().check(z.positive(), z.describe('Server side: attempts a second.'))),
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

export type Webhook = z.infer<typeof webhookSchema>
export type WebhookTransport = z.infer<typeof transport>

function urlProblem(value: string): string | undefined {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value))
    return 'expected an absolute URL that begins with https://'
  const { protocol, hostname, username, password } = new URL(value)
  if (username || password) return 'put the user name and the password into "auth"'
  const isLocal = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  return protocol === 'https:' || isLocal ? undefined : 'expected https; http is for localhost only'
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
