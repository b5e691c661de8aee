import { addressOf, bodyOf, headersOf } from '../../../message/body.ts'
import { mapValues } from '../../../values/json.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import { retryAfterMs } from '../../../values/retry-after.ts'
import type { Clock } from '../../clock.ts'
import type { Egress, Outgoing } from '../../egress/egress.ts'
import type { Attempt } from '../../stores/store.ts'
import { toError } from '../../to-error.ts'
import type { Endpoint } from '../../webhooks/endpoint.ts'
import { createRedact } from '../../webhooks/redact.ts'
import { signatureOf } from '../../webhooks/signature.ts'
import type { AttemptOutcome, Payload } from '../delivery-types.ts'
import { attemptOutcome } from '../retry-policy.ts'

/** Tries an endpoint once; never rejects. */
export type Attempter = (
  endpoint: Endpoint,
  payload: Payload,
) => Promise<{ attempt: Attempt; outcome: AttemptOutcome }>

export interface AttempterOptions {
  egress: Pick<Egress, 'send'>
  clock: Clock
}

/** The attempts of an emitter: one signed request each (Standard Webhooks 1.0). */
export function createAttempter({ egress, clock }: AttempterOptions): Attempter {
  const redact = createRedact()

  return async (endpoint, payload) => {
    const at = clock.now()
    const startedAt = clock.elapsed()
    try {
      const request = requestOf(endpoint, payload, Math.floor(at / 1000))
      const { status, headers, text, isCut } = await egress.send(request)
      const signature = request.headers['webhook-signature']
      const answer = redact(text, endpoint.webhook, { signature, isCut })
      const asked = retryAfterMs(String(headers['retry-after'] ?? ''), clock.now())
      return {
        attempt: { at, durationMs: durationSince(startedAt), status, answer },
        outcome: attemptOutcome({ status, retryAfterMs: asked }),
      }
    } catch (error) {
      const { message } = toError(error)
      return {
        attempt: { at, durationMs: durationSince(startedAt), error: message },
        outcome: attemptOutcome({}),
      }
    }
  }

  function durationSince(startedAt: number): number {
    return Math.round(clock.elapsed() - startedAt)
  }
}

/**
 * The request of an attempt.
 *
 * A GET has no body: signed is its query, exactly as it is sent, so that no parameter can be changed on the way.
 */
function requestOf({ webhook, keys }: Endpoint, { message, content }: Payload, timestamp: number): Outgoing {
  const url = addressOf(webhook, message, content)
  const isGet = webhook.method === 'GET'
  const body = isGet ? undefined : JSON.stringify(bodyOf(webhook, message, content))
  const signed = { id: message.id, timestamp, body: body ?? new URL(url).search.slice(1) }
  const headers = {
    'user-agent': 'Tourhook',
    'content-type': isGet ? undefined : 'application/json',
    ...lowerCased(headersOf(webhook)),
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': keys.length > 0 ? signatureOf(signed, keys) : undefined,
  }
  return omitUndefined({
    url,
    method: isGet ? 'GET' : 'POST',
    headers: mapValues(headers, value => value),
    body,
  })
}

/** So that a webhook's own header takes the place of ours, however it is spelt. */
function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
