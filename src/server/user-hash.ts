import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Whether two texts are the same, in a time that doesn't tell where they differ. */
export function isSameText(given: string, expected: string): boolean {
  // Digests have one length, which the comparison needs and which hides the texts' own.
  return timingSafeEqual(digest(given), digest(expected))
}

/**
 * What a site's server gives its page, so that a visitor can't speak for another user:
 * HMAC-SHA256 of the user id, in hexadecimal.
 */
export function userHashOf(userId: string, secret: string): string {
  return createHmac('sha256', secret).update(userId).digest('hex')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
