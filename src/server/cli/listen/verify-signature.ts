import { isSameText } from '../../timing-safe-equal.ts'
import { keyOf, signatureOf } from '../../webhooks/signature.ts'

/** What is to be said of a webhook's signature. */
export type SignatureCheck = 'valid' | 'wrong' | 'expired' | 'unsigned' | 'unchecked'

/** How far a signature's time may be from now, in milliseconds (Standard Webhooks 1.0). */
const toleranceMs = 5 * 60_000

/**
 * Checks a webhook's signature as its receiver would (Standard Webhooks 1.0).
 *
 * @param received.body The exact text that came.
 */
export function checkSignature(
  { headers, body }: { headers: Pick<Headers, 'get'>; body: string },
  secret: string | undefined,
  now = Date.now(),
): SignatureCheck {
  const id = headers.get('webhook-id')
  const timestamp = Number(headers.get('webhook-timestamp') ?? Number.NaN)
  const signatures = headers.get('webhook-signature')
  if (id === null || signatures === null) return 'unsigned'
  if (secret === undefined) return 'unchecked'
  const expected = signatureOf({ id, timestamp, body }, [keyOf(secret)])
  if (!signatures.split(' ').some(signature => isSameText(signature, expected))) return 'wrong'
  return Math.abs(now - timestamp * 1000) <= toleranceMs ? 'valid' : 'expired'
}
