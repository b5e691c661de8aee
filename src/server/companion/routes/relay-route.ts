import type { Handler } from 'hono'
import { relayedSchema } from '../../../schema/activity.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { BrowserConfig } from '../browser-config.ts'
import { HttpError } from '../http-error.ts'
import { readJson } from '../middleware/json-body.ts'
import { verifyUser } from '../middleware/verify-user.ts'

export interface RelayRouteOptions {
  emitter: Pick<Emitter, 'relay'>
  pages: Pick<BrowserConfig, 'webhook'>
  userHashSecret: string | undefined
}

/** Takes a browser's message for a webhook (`POST /v1/relay/:webhook`): 202 once it is durable; a repeat of its id counts once. */
export function takeMessage({ emitter, pages, userHashSecret }: RelayRouteOptions): Handler {
  return async context => {
    const webhook = await pages.webhook(context.req.param('webhook') ?? '')
    if (!webhook) throw new HttpError(404, 'unknown_webhook', 'No webhook that a page may send to has this id.')

    const { message, content, userHash } = await readJson(context.req.raw, relayedSchema)
    verifyUser({ userId: message.userId, userHash }, userHashSecret)
    // The webhook's name is its owner's to say, the rest is the visitor's.
    const named = { ...message, events: message.events.map(omitUndefined), name: webhook.name ?? webhook.id }
    await emitter.relay(webhook.id, named, content)
    return context.json({ id: message.id }, 202)
  }
}
