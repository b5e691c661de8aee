import type { Webhook } from '../../../schema/webhook.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { BrowserConfig } from '../../companion/browser-config.ts'
import type { WebhookAdmin } from '../../emitter/webhook-admin.ts'

/** A webhook as the editor on a page knows it: never an address, a header, or a secret. */
export interface ShownWebhook extends Pick<Webhook, 'id' | 'name' | 'method' | 'data' | 'body'> {
  /** The origin of its URL. */
  origin: string
}

/** The webhooks that a step may name. What their messages look like is shown of those of which every visitor may see it. */
export async function shownWebhooks(
  webhooks: Pick<WebhookAdmin, 'list'>,
  pages: Pick<BrowserConfig, 'webhook'>,
): Promise<ShownWebhook[]> {
  return Promise.all(
    (await webhooks.list()).map(async ({ id, name, endpoint: origin }) => {
      const seen = await pages.webhook(id)
      return omitUndefined({ id, name, origin, method: seen?.method, data: seen?.data, body: seen?.body })
    }),
  )
}
