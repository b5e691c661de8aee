import type { Config } from '../schema/config.ts'
import type { Webhook } from '../schema/webhook.ts'
import { given } from './given.ts'
import type { WebhookSummary } from './webhooks.ts'

/**
 * What a page may know of the config, and needs: no secret, header, password or address that the relay keeps,
 * no subscription, no segment.
 */
export function browserConfig(config: Config, runtime: readonly WebhookSummary[]): Config {
  const { tours, checklists, banners } = config
  return given({ webhooks: browserWebhooks(config, runtime), tours, checklists, banners })
}

/** The webhooks that a page may send to, as the page sees them: those of a tour's triggers, and those without `events`. */
export function browserWebhooks(config: Config, runtime: readonly WebhookSummary[]): Webhook[] {
  const triggered = triggeredWebhooks(config)
  const isForBrowsers = ({ id, events }: Pick<Webhook, 'id' | 'events'>) => !events?.length || triggered.has(id)
  return [
    ...(config.webhooks ?? []).filter(isForBrowsers).map(direct),
    ...runtime.filter(webhook => webhook.source === 'runtime' && isForBrowsers(webhook)).map(relayed),
  ]
}

/** A page sends to it by itself only if that takes nothing but what every visitor may see. */
function direct(webhook: Webhook): Webhook {
  const { id, name, url, method, query, transport, data, body } = webhook
  if (!url || transport === 'relay' || webhook.headers || webhook.auth || webhook.secret)
    return relayed(webhook)
  return given({ id, name, url, method, query, transport, data, body })
}

function relayed({ id, name, method, data, body }: Omit<Webhook, 'url'>): Webhook {
  return given({ id, name, method, transport: 'relay', data, body })
}

function triggeredWebhooks({ tours = [] }: Config): Set<string> {
  return new Set(
    tours.flatMap(({ steps = [], triggers = [] }) => [
      ...steps.flatMap(step => (step.type === 'trigger' ? [step.trigger.webhook] : [])),
      ...triggers.map(({ trigger }) => trigger.webhook),
    ]),
  )
}
