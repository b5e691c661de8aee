import { createHash } from 'node:crypto'
import type { Handler } from 'hono'
import { type Relayed, relayedSchema } from '../../../schema/activity.ts'
import type { Config } from '../../../schema/config.ts'
import type { Clock } from '../../clock.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { BrowserConfig } from '../browser-config.ts'
import { HttpError } from '../http-error.ts'
import { readJson } from '../middleware/json-body.ts'
import { verifyUser } from '../middleware/verify-user.ts'
import { relayedPayload } from '../relayed-payload.ts'

export interface RelayRouteOptions {
  emitter: Pick<Emitter, 'relay'>
  pages: Pick<BrowserConfig, 'webhook'>
  /** What is published now. */
  content: () => Promise<Pick<Config, 'tours'>>
  userHashSecret: string | undefined
  clock: Pick<Clock, 'now'>
}

/** Takes a browser's values for a webhook's message (`POST /v1/relay/:webhook`): 202 once it is durable; a repeat of its id counts once. */
export function takeMessage({ emitter, pages, content, userHashSecret, clock }: RelayRouteOptions): Handler {
  return async context => {
    const webhook = await pages.webhook(context.req.param('webhook') ?? '')
    if (!webhook) throw new HttpError(404, 'unknown_webhook', 'No webhook that a page may send to has this id.')

    const relayed = await readJson(context.req.raw, relayedSchema)
    verifyUser({ userId: relayed.message.userId, userHash: relayed.userHash }, userHashSecret)
    const { tours = [] } = await content()
    const payload = relayedPayload(relayed, { webhook, tours, now: clock.now() })
    const outcome = await emitter.relay(webhook.id, payload.message, payload.content, {
      fingerprint: fingerprintOf(relayed),
    })
    if (outcome === 'conflict') {
      const message = 'Another message to this webhook has this id; what it says stays.'
      throw new HttpError(409, 'taken', message, { path: 'message.id' })
    }
    return context.json({ id: payload.message.id }, 202)
  }
}

/** What a visitor has said: the same on every retry, whatever becomes of the config and the clock meanwhile. */
function fingerprintOf({ message, values, content }: Relayed): string {
  return createHash('sha256')
    .update(JSON.stringify([message, values ?? content ?? null]))
    .digest('base64url')
}
