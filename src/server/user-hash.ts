import { createHmac } from 'node:crypto'

/**
 * What a site's server gives its page, so that a visitor can't speak for another user:
 * HMAC-SHA256 of the user id, in hexadecimal.
 */
export function userHashOf(userId: string, secret: string): string {
  return createHmac('sha256', secret).update(userId).digest('hex')
}
