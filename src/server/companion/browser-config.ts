import type { Config } from '../../schema/config.ts'
import type { Webhook } from '../../schema/webhook.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { WebhookAdmin } from '../emitter/webhook-admin.ts'
import type { WebhookSummary } from '../webhooks/webhook-summary.ts'

/**
 * The part of a config that a page needs and every visitor may see.
 *
 * It holds no subscription, no segment, and of a webhook with a secret, a password or headers no address:
 * that one is reached through the relay.
 */
export interface BrowserConfig {
  config(): Promise<Config>
  /** A webhook that a page may send to. */
  webhook(id: string): Promise<Webhook | undefined>
}

interface PageView {
  config: Config
  configured: Webhook[]
  /** The webhooks that a tour's triggers name. */
  triggered: ReadonlySet<string>
}

/**
 * The pages' view of a config, and of the webhooks that were made at run time.
 *
 * @param currentConfig the config as it is now: the same object until something is published.
 */
export function createBrowserConfig(
  currentConfig: () => Promise<Config>,
  webhooks: Pick<WebhookAdmin, 'get' | 'list' | 'settings'>,
): BrowserConfig {
  let view: PageView | undefined
  let listed: WebhookSummary[] | undefined

  /** Pages need the config to run at all, so that they can do without the newest while the store is down. */
  function lastKnown(error: unknown): WebhookSummary[] {
    if (listed) return listed
    throw error
  }

  async function currentView(): Promise<PageView> {
    const config = await currentConfig()
    if (view?.config !== config) {
      view = { config, configured: pageWebhooks(config).map(seenByPages), triggered: triggeredWebhooks(config) }
    }
    return view
  }

  /** One made at run time goes through the companion, unless its maker has said that pages may know its address. */
  async function shown(webhook: WebhookSummary): Promise<Webhook> {
    const { id, transport = 'relay', headerNames } = webhook
    if (transport === 'relay' || headerNames.length > 0) return relayed(webhook)
    const settings = await webhooks.settings(id).catch(() => undefined) // the store is down: the relay serves
    return settings ? seenByPages(settings) : relayed(webhook)
  }

  return {
    async config() {
      const { config, configured, triggered } = await currentView()
      const { tours, checklists, banners } = config
      listed = await webhooks.list().catch(lastKnown)
      const added = await Promise.all(listed.filter(webhook => isAdded(webhook, triggered)).map(shown))
      return omitUndefined({ webhooks: [...configured, ...added], tours, checklists, banners })
    },
    async webhook(id) {
      const { configured, triggered } = await currentView()
      const known = configured.find(webhook => webhook.id === id)
      if (known) return known
      const added = await webhooks.get(id)
      return added && isAdded(added, triggered) ? relayed(added) : undefined
    },
  }
}

/** A config's webhooks that a page may send to: those of a tour's triggers, and those without `events`. */
export function pageWebhooks(config: Config): Webhook[] {
  const triggered = triggeredWebhooks(config)
  return (config.webhooks ?? []).filter(({ id, events }) => !events?.length || triggered.has(id))
}

function isAdded({ id, source, events }: WebhookSummary, triggered: ReadonlySet<string>): boolean {
  return source === 'runtime' && (!events?.length || triggered.has(id))
}

function seenByPages(webhook: Webhook): Webhook {
  const { id, name, url, method, query, transport, data, body, anyData } = webhook
  const needsRelay = transport === 'relay' || webhook.headers || webhook.auth || webhook.secret
  return needsRelay
    ? relayed(webhook)
    : omitUndefined({ id, name, url, method, query, transport, data, body, anyData })
}

function relayed({ id, name, method, data, body, anyData }: Omit<Webhook, 'url'>): Webhook {
  return omitUndefined({ id, name, method, transport: 'relay', data, body, anyData })
}

function triggeredWebhooks({ tours = [] }: Config): Set<string> {
  return new Set(
    tours.flatMap(({ steps = [], triggers = [] }) => [
      ...steps.flatMap(step => (step.type === 'trigger' ? [step.trigger.webhook] : [])),
      ...triggers.map(({ trigger }) => trigger.webhook),
    ]),
  )
}
