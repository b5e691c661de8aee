import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../../clock.ts'
import type { Admin } from '../../console/access/sessions.ts'
import { HttpError } from '../http-error.ts'
import type { AdminEnv } from '../routes/admin/admin-env.ts'
import type { ClientAddress } from './client-address.ts'
import { createClientLimit } from './client-limit.ts'
import { tooManyRequests } from './rate-limit.ts'

export interface AdminAuthOptions {
  /** Whose token it is. */
  adminOf(token: string): Admin | undefined
  clientAddress: ClientAddress
  clock: Pick<Clock, 'elapsed'>
}

/** How often one client may be wrong. */
const wrongGuesses = { perSecond: 0.5, burst: 50 }

/**
 * Lets in who has an admin's token, as `Authorization: Bearer …` (RFC 6750); nobody when there is none.
 *
 * A client that was wrong too often is not even looked at, until its time has come.
 */
export function adminAuth({ adminOf, clientAddress, clock }: AdminAuthOptions): MiddlewareHandler<AdminEnv> {
  const wrong = createClientLimit(wrongGuesses, { clock })

  return async (context, next) => {
    const address = clientAddress(context.req.raw, context.env)
    // Whose address is unknown shares it with everybody, and must not keep the administrator out.
    if (address !== undefined) refuseUntil(wrong.waitMs(address))
    const given = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    const admin = given === undefined ? undefined : adminOf(given)
    if (!admin) {
      refuseUntil(wrong.waitMs(address ?? ''))
      wrong.take(address ?? '')
      throw new HttpError(401, 'bad_token', 'The admin token is missing or wrong.', {
        headers: { 'www-authenticate': 'Bearer' },
      })
    }
    context.set('person', { name: admin.name, role: admin.role, via: 'api' })
    // What an administrator reads is for nobody's cache.
    context.header('cache-control', 'no-store')
    context.header('x-content-type-options', 'nosniff')
    await next()
  }
}

function refuseUntil(waitMs: number): void {
  if (waitMs > 0) throw tooManyRequests(waitMs)
}
