import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../../clock.ts'
import { isSameText } from '../../timing-safe-equal.ts'
import { HttpError } from '../http-error.ts'
import type { ClientAddress } from './client-address.ts'
import { createClientLimit } from './client-limit.ts'
import { tooManyRequests } from './rate-limit.ts'

export interface AdminAuthOptions {
  adminToken: string | undefined
  clientAddress: ClientAddress
  clock: Pick<Clock, 'elapsed'>
}

/** How often one client may be wrong. */
const wrongGuesses = { perSecond: 0.5, burst: 50 }

/**
 * Lets in who has the admin token, as `Authorization: Bearer …` (RFC 6750); nobody when there is none.
 *
 * A client that was wrong too often is not even looked at, until its time has come.
 */
export function adminAuth({ adminToken, clientAddress, clock }: AdminAuthOptions): MiddlewareHandler {
  const wrong = createClientLimit(wrongGuesses, { clock })

  return async (context, next) => {
    const address = clientAddress(context.req.raw, context.env)
    // Whose address is unknown shares it with everybody, and must not keep the administrator out.
    if (address !== undefined) refuseUntil(wrong.waitMs(address))
    const given = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (adminToken === undefined || given === undefined || !isSameText(given, adminToken)) {
      refuseUntil(wrong.waitMs(address ?? ''))
      wrong.take(address ?? '')
      throw new HttpError(401, 'bad_token', 'The admin token is missing or wrong.', {
        headers: { 'www-authenticate': 'Bearer' },
      })
    }
    // What an administrator reads is for nobody's cache.
    context.header('cache-control', 'no-store')
    await next()
  }
}

function refuseUntil(waitMs: number): void {
  if (waitMs > 0) throw tooManyRequests(waitMs)
}
