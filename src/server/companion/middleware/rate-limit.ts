import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../../clock.ts'
import { HttpError } from '../http-error.ts'
import { readBytes } from './body-limit.ts'
import type { ClientAddress } from './client-address.ts'
import { createClientLimit } from './client-limit.ts'
import { createTokenBuckets, type Rate } from './token-bucket.ts'

export interface RateLimitOptions {
  /** `client` is for each address, `site` for all together. */
  rates: { client: Rate; site: Rate }
  clientAddress: ClientAddress
  clock: Pick<Clock, 'elapsed'>
  /** The largest body that is read. @default 65_536 */
  maxBytes?: number | undefined
}

/** How often browsers may call by default: an office behind one address is one client. */
export const defaultRates = { client: { perSecond: 20, burst: 200 }, site: { perSecond: 2_000, burst: 10_000 } }

/** What one call may weigh, in bytes; a body that weighs more counts as several, since what it costs grows with it. */
const bytesPerCall = 2_048

/** The share of the site's bucket that is kept for clients who have not called lately. */
const newcomersShare = 0.2

/**
 * Lets each client, and all of them together, call at a bearable rate, by count and by bytes; beyond it, 429 says when
 * to come back.
 */
export function rateLimit({ rates, clientAddress, clock, maxBytes }: RateLimitOptions): MiddlewareHandler {
  const clients = createClientLimit(rates.client, { clock })
  const site = createTokenBuckets(rates.site, { clock })

  /** Takes calls from a client's bucket and the site's, from both or from none. */
  function take(address: string | undefined, calls: number): void {
    check(address, calls)
    if (address !== undefined) clients.take(address, calls)
    site.take('', calls)
  }

  function check(address: string | undefined, calls: number): void {
    const isNewcomer = address === undefined || clients.isNewcomer(address)
    const waitMs = Math.max(
      address === undefined ? 0 : clients.waitMs(address, calls),
      site.waitMs('', calls, isNewcomer ? 0 : newcomersShare),
    )
    if (waitMs > 0) throw tooManyRequests(waitMs)
  }

  return async ({ req, env }, next) => {
    const address = clientAddress(req.raw, env)
    check(address, 1)
    const { byteLength } = await readBytes(req.raw, maxBytes).catch(error => {
      take(address, 1)
      throw error
    })
    take(address, Math.max(1, Math.ceil(byteLength / bytesPerCall)))
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
