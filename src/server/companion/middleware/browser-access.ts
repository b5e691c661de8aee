import type { Context, MiddlewareHandler } from 'hono'
import { isSameText } from '../../timing-safe-equal.ts'
import { HttpError } from '../http-error.ts'
import { createOriginCheck } from './allowed-origins.ts'
import { type ClientAddress, clientOf, socketAddress } from './client-address.ts'
import { createRateLimit, type Rate } from './token-bucket.ts'

export interface BrowserAccessOptions {
  /** Origins whose pages may call: `https://www.example.com`, `https://*.example.com`, or `*`. */
  allowedOrigins: readonly string[]
  /** Publishable; comes as the query parameter `key`, which needs no preflight of its own. */
  siteKey?: string | undefined
  /** `client` is for each address, `site` for all together. */
  rateLimit?: { client?: Rate; site?: Rate } | undefined
  /** Who calls. @default the connection's address, as `@hono/node-server` hands it on */
  clientAddress?: ClientAddress | undefined
  now?: (() => number) | undefined
}

/** How often browsers may call, unless told otherwise: an office behind one address is one client. */
export const defaultRates = { client: { perSecond: 20, burst: 200 }, site: { perSecond: 2_000, burst: 10_000 } }

/** Lets pages of the allowed origins in (CORS, Fetch standard), with the site's key, at a bearable rate. */
export function browserAccess({
  allowedOrigins,
  siteKey,
  rateLimit = {},
  clientAddress = socketAddress,
  now = Date.now,
}: BrowserAccessOptions): MiddlewareHandler {
  const isAllowed = createOriginCheck(allowedOrigins)
  const clients = createRateLimit(rateLimit.client ?? defaultRates.client, { now })
  const site = createRateLimit(rateLimit.site ?? defaultRates.site, { now })

  return async (context, next) => {
    const { method, url } = context.req
    greet(context, isAllowed)
    if (method === 'OPTIONS') return welcome(context)

    if (siteKey !== undefined && !isSameText(new URL(url).searchParams.get('key') ?? '', siteKey)) {
      throw new HttpError(
        401,
        'bad_key',
        'The site key is missing or wrong; it travels as the query parameter "key".',
      )
    }
    const address = clientAddress(context.req.raw, context.env)
    const waitMs = (address === undefined ? 0 : clients(clientOf(address))) || site('')
    if (waitMs > 0) {
      throw new HttpError(
        429,
        'too_many_requests',
        'This is more than the companion takes at once; try again later.',
        {
          headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
        },
      )
    }
    await next()
  }
}

/** Says who may read the answer. A page's POST always names its origin; a GET from the same origin does not. */
function greet(context: Context, isAllowed: (origin: string) => boolean): void {
  const origin = context.req.header('origin')
  context.header('vary', 'Origin')
  if (origin === undefined && (context.req.method === 'GET' || context.req.method === 'HEAD')) return
  if (origin === undefined || !isAllowed(origin)) {
    throw new HttpError(403, 'unknown_origin', 'This origin is not among the allowed ones.')
  }
  context.header('access-control-allow-origin', origin)
  context.header('access-control-expose-headers', 'ETag, Retry-After')
}

function welcome(context: Context): Response {
  return context.body(null, 204, {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    // Two hours, the longest that Chromium keeps it.
    'access-control-max-age': '7200',
  })
}
