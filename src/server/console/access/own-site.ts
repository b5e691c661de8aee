import type { Context, MiddlewareHandler } from 'hono'
import { HttpError } from '../../companion/http-error.ts'

/**
 * Refuses what a page of another site has a browser send. Browsers say so in `Sec-Fetch-Site`; where that is missing
 * (old ones, and plain http), by `Origin`.
 */
export const requireOwnSite: MiddlewareHandler = async (context, next) => {
  const { method } = context.req
  if (method !== 'GET' && method !== 'HEAD' && !isFromOwnSite(context)) {
    const message =
      'This request came from another site, or through a proxy that doesn’t say so: it has to send X-Forwarded-Host and X-Forwarded-Proto.'
    throw new HttpError(403, 'other_site', message)
  }
  await next()
}

/** Whether the browser has come by https, as a proxy in front may know. */
export function isSecure(context: Context): boolean {
  return publicOrigins(context).some(origin => origin.startsWith('https:'))
}

function isFromOwnSite(context: Context): boolean {
  const { origin, 'sec-fetch-site': site } = context.req.header()
  return site === 'same-origin' || (origin !== undefined && publicOrigins(context).includes(origin))
}

/** By which addresses a browser may know this: the request's own, and what the proxy in front says that it was. */
function publicOrigins(context: Context): string[] {
  const { origin, protocol, host } = new URL(context.req.url)
  const scheme = firstOf(context.req.header('x-forwarded-proto')) ?? protocol.slice(0, -1)
  // No page of another site can have a browser send these: they take a preflight, which nobody answers.
  return [origin, `${scheme}://${firstOf(context.req.header('x-forwarded-host')) ?? host}`]
}

/** Of proxies behind one another, what the outermost has said. */
function firstOf(header: string | undefined): string | undefined {
  return header?.split(',')[0]?.trim().toLowerCase() || undefined
}
