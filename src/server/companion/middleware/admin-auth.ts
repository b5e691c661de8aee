import type { MiddlewareHandler } from 'hono'
import { isSameText } from '../../timing-safe-equal.ts'
import { HttpError } from '../http-error.ts'

/** Lets in who has the admin token, as `Authorization: Bearer …` (RFC 6750); nobody when there is none. */
export function adminAuth(adminToken: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    const given = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (adminToken === undefined || given === undefined || !isSameText(given, adminToken)) {
      throw new HttpError(401, 'bad_token', 'The admin token is missing or wrong.', {
        headers: { 'www-authenticate': 'Bearer' },
      })
    }
    // What an administrator reads is for nobody's cache.
    context.header('cache-control', 'no-store')
    await next()
  }
}
