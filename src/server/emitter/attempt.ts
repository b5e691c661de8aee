import { addressOf, bodyOf, headersOf } from '../../message/body.ts'
import { retryAfterMs } from '../../values/retry-after.ts'
import type { Clock } from '../clock.ts'
import type { Egress } from '../egress/egress.ts'
import type { Attempt } from '../stores/store.ts'
import { toError } from '../to-error.ts'
import type { Endpoint } from '../webhooks/endpoint.ts'
import { signatureOf } from '../webhooks/signature.ts'
import type { Payload } from './delivery-types.ts'
import { type AttemptOutcome, outcomeOf } from './retry-policy.ts'

/** Tries an endpoint once; never rejects. */
export type Attempter = (
  endpoint: Endpoint,
  parcel: Payload,
) => Promise<{ attempt: Attempt; outcome: AttemptOutcome }>

/** Makes the attempts: one signed request each (Standard Webhooks 1.0). */
export function createAttempter({ egress, clock }: { egress: Egress; clock: Clock }): Attempter {
  return async ({ webhook, keys }, { message, content }) => {
    const at = clock.now()
    const ended = () => ({ at, durationMs: clock.now() - at })
    const isGet = webhook.method === 'GET'
    const body = isGet ? '' : JSON.stringify(bodyOf(webhook, message, content))
    const timestamp = Math.floor(at / 1000)
    try {
      const { status, headers, text } = await egress.send({
        url: addressOf(webhook, message, content),
        method: isGet ? 'GET' : 'POST',
        headers: {
          'user-agent': 'Tourhook',
          ...(isGet ? {} : { 'content-type': 'application/json' }),
          ...lowerCased(headersOf(webhook)),
          'webhook-id': message.id,
          'webhook-timestamp': String(timestamp),
          ...(keys.length > 0
            ? { 'webhook-signature': signatureOf({ id: message.id, timestamp, body }, keys) }
            : {}),
        },
        ...(isGet ? {} : { body }),
      })
      const wait = retryAfterMs(String(headers['retry-after'] ?? ''), clock.now())
      return {
        attempt: { ...ended(), status, answer: text },
        outcome: outcomeOf({ status, ...(wait === undefined ? {} : { retryAfterMs: wait }) }),
      }
    } catch (error) {
      return { attempt: { ...ended(), error: toError(error).message }, outcome: outcomeOf({}) }
    }
  }
}

/** So that a webhook's own header takes the place of ours, however it is spelt. */
function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
