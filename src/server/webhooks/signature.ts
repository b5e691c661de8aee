import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

/** A new secret to sign with: `whsec_` and 32 random bytes in base64 (Standard Webhooks 1.0). */
export function createSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** A secret as a key; made once, since that takes ten times as long as a signature. */
export function keyOf(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
}

/**
 * The `webhook-signature` header: one `v1,…` for each key, so that a receiver may hold either secret
 * while they rotate.
 *
 * @param signed.timestamp Seconds since 1970, of the attempt.
 * @param signed.body The exact text that is sent.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureOf(
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
  keys: readonly KeyObject[],
): string {
  const content = `${id}.${timestamp}.${body}`
  return keys.map(key => `v1,${createHmac('sha256', key).update(content).digest('base64')}`).join(' ')
}
