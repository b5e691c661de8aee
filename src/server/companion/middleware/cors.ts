import type { Context, MiddlewareHandler } from 'hono'
import { HttpError } from '../http-error.ts'
import { createOriginCheck } from './allowed-origins.ts'

export interface CorsOptions {
  /** Origins whose pages may call: `https://www.example.com`, `https://*.example.com`, or `*`. */
  allowedOrigins: readonly string[]
  /** Called for a page that was turned away, once for each origin. */
  onRefusedOrigin?: ((origin: string) => void) | undefined
}

interface CorsRules extends CorsOptions {
  /** What a preflight allows. @default 'GET, POST' */
  methods?: string | undefined
}

/** How many refused origins are remembered, so that each is reported once. */
const rememberedOrigins = 100

/**
 * Lets pages of the allowed origins ask, and read the answer (Fetch standard, section 3.3).
 *
 * @throws {TypeError} names the entry that is no origin.
 */
export function cors({
  allowedOrigins,
  onRefusedOrigin = () => {},
  methods = 'GET, POST',
}: CorsRules): MiddlewareHandler {
  const isAllowed = createOriginCheck(allowedOrigins)
  const refused = new Set<string>()

  function report(origin: string): void {
    if (refused.has(origin) || refused.size >= rememberedOrigins) return
    refused.add(origin)
    onRefusedOrigin(origin)
  }

  return async (context, next) => {
    const origin = context.req.header('origin')
    context.header('vary', 'Origin')
    // A page's POST always names its origin; a GET from the same origin does not.
    if (origin === undefined && isRead(context)) return next()
    if (origin === undefined || !isAllowed(origin)) {
      if (origin !== undefined) report(origin)
      throw new HttpError(403, 'unknown_origin', refusalOf(origin))
    }
    context.header('access-control-allow-origin', origin)
    context.header('access-control-expose-headers', 'ETag, Retry-After')
    if (context.req.method === 'OPTIONS') return answerPreflight(context, methods)
    return next()
  }
}

function isRead({ req }: Context): boolean {
  return req.method === 'GET' || req.method === 'HEAD'
}

function refusalOf(origin: string | undefined): string {
  if (origin === undefined) return 'Origin not allowed: the request names none, and only pages may call.'
  return 'Origin not allowed: add it to allowedOrigins, or to --allow-origin of "tourhook serve".'
}

function answerPreflight(context: Context, methods: string): Response {
  return context.body(null, 204, {
    'access-control-allow-methods': methods,
    // Whatever is asked for: tools that trace requests add headers of their own (traceparent, baggage,
    // sentry-trace), and none that a page may set means anything here.
    'access-control-allow-headers': askedHeaders(context) ?? 'content-type',
    // Two hours, the longest that Chromium keeps it.
    'access-control-max-age': '7200',
  })
}

function askedHeaders({ req }: Context): string | undefined {
  const asked = req.header('access-control-request-headers')
  return asked !== undefined && /^[\w-]+(\s*,\s*[\w-]+)*$/.test(asked) ? asked : undefined
}
