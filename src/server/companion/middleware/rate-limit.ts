import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../../clock.ts'
import { HttpError } from '../http-error.ts'
import { type ClientAddress, clientOf } from './client-address.ts'
import { createTokenBuckets, type Rate } from './token-bucket.ts'

export interface RateLimitOptions {
  /** `client` is for each address, `site` for all together. */
  rates: { client: Rate; site: Rate }
  clientAddress: ClientAddress
  clock: Pick<Clock, 'elapsed'>
}

/** How often browsers may call, unless told otherwise: an office behind one address is one client. */
export const defaultRates = { client: { perSecond: 20, burst: 200 }, site: { perSecond: 2_000, burst: 10_000 } }

/** Lets each client, and all of them together, call at a bearable rate; beyond it, 429 says when to come back. */
export function rateLimit({ rates, clientAddress, clock }: RateLimitOptions): MiddlewareHandler {
  const clients = createTokenBuckets(rates.client, { clock })
  const site = createTokenBuckets(rates.site, { clock })

  return async (context, next) => {
    const address = clientAddress(context.req.raw, context.env)
    const waitMs = (address === undefined ? 0 : clients(clientOf(address))) || site('')
    if (waitMs > 0) throw tooManyRequests(waitMs)
    await next()
  }
}

/** A refusal that says when to come back. */
export function tooManyRequests(waitMs: number): HttpError {
  return new HttpError(
    429,
    'too_many_requests',
    'This is more than the companion takes at once; try again later.',
    { headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } },
  )
}
