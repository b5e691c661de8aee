import { createHmac, randomBytes } from 'node:crypto'

/** A new secret to sign with: `whsec_` and 32 random bytes in base64 (Standard Webhooks 1.0). */
export function createSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/**
 * The `webhook-signature` header: one `v1,…` for each secret, so that a receiver may hold either
 * while they rotate.
 *
 * @param signed.timestamp Seconds since 1970, of the attempt.
 * @param signed.body The exact text that is sent.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureOf(
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
  secrets: readonly string[],
): string {
  return secrets
    .map(secret => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
    })
    .join(' ')
}
