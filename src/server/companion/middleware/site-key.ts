import type { MiddlewareHandler } from 'hono'
import { isSameText } from '../../timing-safe-equal.ts'
import { HttpError } from '../http-error.ts'

/** Lets in pages that send the site's key as the query parameter `key`, which needs no preflight of its own. */
export function siteKeyAuth(siteKey: string | undefined): MiddlewareHandler {
  return async ({ req }, next) => {
    if (siteKey !== undefined && !isSameText(req.query('key') ?? '', siteKey)) {
      throw new HttpError(
        401,
        'bad_key',
        'The site key is missing or wrong; it travels as the query parameter "key".',
      )
    }
    await next()
  }
}
