import { ConfigError } from '../../schema/problems/config-error.ts'
import type { Webhook } from '../../schema/webhook.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { Clock } from '../clock.ts'
import type { Egress } from '../egress/egress.ts'
import { type Probe, type ProbeOptions, probeEndpoint } from '../egress/probe.ts'
import type { Attempt, WebhookRecord } from '../stores/store.ts'
import { parseCallable } from '../webhooks/callable.ts'
import { endpointMark } from '../webhooks/endpoint.ts'
import { checkCredentials, hasMovedAway } from '../webhooks/moved-webhook.ts'
import { enabled, type Registered, type Registry } from '../webhooks/registry.ts'
import { createSecret } from '../webhooks/signature.ts'
import { summaryOf, type WebhookSummary } from '../webhooks/webhook-summary.ts'
import { exampleEvent } from './example-event.ts'
import { messageFor } from './messages.ts'
import type { Attempter } from './sending/attempt.ts'

// A receiver that checks with the old one would refuse everything from that moment on.
const unchangeableSecret = {
  path: 'webhooks[0].secret',
  message: 'is not changed but rotated: use rotate-secret',
}
const rotationMs = 24 * 60 * 60 * 1000

/** What `create` takes: a webhook as in the config, whose id may be left to be made. */
export type NewWebhook = Omit<Webhook, 'id'> & {
  /** What events and the log call the webhook. @default a random one */
  id?: string | undefined
}

/** What `update` takes: the entries to change; `undefined` removes one. */
export type WebhookChange = { [Key in keyof Omit<Webhook, 'id' | 'secret'>]?: Webhook[Key] | undefined }

/** The webhooks of an emitter: those of its config, and those made at run time, kept in the store. */
export interface WebhookAdmin {
  /** All webhooks, the config's first. */
  list(): Promise<WebhookSummary[]>
  /** One webhook, or `undefined`. */
  get(id: string): Promise<WebhookSummary | undefined>
  /**
   * Everything that a webhook is set to, for its owner's eyes: its URL is often a password. Its newest secret only
   * `withSecret`.
   */
  settings(id: string, options?: { withSecret?: boolean }): Promise<Webhook | undefined>
  /**
   * Makes a webhook; its secret is shown here and never again.
   *
   * @throws {ConfigError} lists what is wrong with it.
   */
  create(webhook: NewWebhook): Promise<{ webhook: WebhookSummary; secret: string }>
  /**
   * Changes a webhook made at run time; its secret is for `rotateSecret` to change.
   *
   * One that moves to another origin takes nothing secret along: `headers`, `auth` and `query` must be given again, and
   * the answer has its new secret, which is shown here and never again. A new address is called again though the old
   * one had said 410, or had only failed.
   *
   * @throws {ConfigError} lists what is wrong with the change.
   */
  update(id: string, change: WebhookChange): Promise<WebhookSummary & { secret?: string }>
  /** Removes a webhook made at run time; what is still queued for it counts as failed. */
  remove(id: string): Promise<void>
  /** Sends what has waited, one at a time at first, and what comes. */
  enable(id: string): Promise<WebhookSummary>
  /** Keeps what comes until it is enabled again, as long as the log is kept. */
  disable(id: string): Promise<WebhookSummary>
  /** Signs with a new secret from now on, and with the present ones as well until 24 hours after their own rotation. */
  rotateSecret(id: string): Promise<{ secret: string }>
  /** Sends a signed sample at once, queued and logged nowhere. */
  test(id: string): Promise<Attempt>
  /** Asks an endpoint as a browser's preflight would. */
  probe(url: string, options?: ProbeOptions): Promise<Probe>
}

export interface WebhookAdminOptions {
  registry: Registry
  egress: Egress
  attempt: Attempter
  clock: Pick<Clock, 'now'>
  /** Has what waits for a webhook sent at once. */
  hurry: (webhook: string) => void
}

/** The webhooks' side of an emitter. */
export function createWebhookAdmin({
  registry,
  egress,
  attempt,
  clock,
  hurry,
}: WebhookAdminOptions): WebhookAdmin {
  function summary(registered: Registered): WebhookSummary {
    return summaryOf(registered, { signed: registry.secretsOf(registered).length > 0 })
  }
  async function load(id: string): Promise<Registered> {
    await registry.load()
    return registry.find(id)
  }
  async function loadRuntime(id: string): Promise<Registered> {
    const found = await load(id)
    if (found.source === 'config')
      throw new TypeError(`The webhook "${id}" comes from the config; change it there`)
    return found
  }

  return {
    async list() {
      await registry.load()
      return registry.all().map(summary)
    },
    async get(id) {
      await registry.load()
      const found = registry.get(id)
      return found && summary(found)
    },
    async settings(id, { withSecret = false } = {}) {
      await registry.load()
      const found = registry.get(id)
      if (!found) return undefined
      const { secret: _, ...settings } = found.webhook
      return withSecret ? omitUndefined({ ...settings, secret: registry.secretsOf(found)[0] }) : settings
    },
    async create({ id = crypto.randomUUID(), secret = createSecret(), ...rest }) {
      await registry.load()
      const taken = new TypeError(`There is a webhook "${id}" already`)
      if (registry.get(id)) throw taken
      const { secret: _, ...webhook } = onlyOne(parseCallable([omitUndefined({ ...rest, id, secret })]))
      const created = await registry.change(id, record => {
        // Another process may have been quicker.
        if (record.webhook) throw taken
        return { ...record, webhook, secrets: [{ secret }] }
      })
      return { webhook: summary(created), secret }
    },
    async update(id, change) {
      if ('secret' in change) throw new ConfigError([unchangeableSecret])
      const found = await loadRuntime(id)
      const webhook = onlyOne(parseCallable([omitUndefined({ ...found.webhook, ...change, id })]))
      const isAway = hasMovedAway(found.webhook, webhook)
      if (isAway) checkCredentials(found.webhook, change)
      const isElsewhere = endpointMark(found.webhook) !== endpointMark(webhook)
      const secret = createSecret()
      const changed = await registry.change(id, record => {
        const fresh = isElsewhere && record.disabled?.reason !== 'manual' ? enabled(record) : record
        return { ...fresh, webhook, ...(isAway && { secrets: [{ secret }] }) }
      })
      if (found.disabled && !changed.disabled) hurry(id)
      return { ...summary(changed), ...(isAway && { secret }) }
    },
    async remove(id) {
      await loadRuntime(id)
      await registry.remove(id)
    },
    async enable(id) {
      await load(id)
      const changed = await registry.change(id, enabled)
      hurry(id)
      return summary(changed)
    },
    async disable(id) {
      await load(id)
      const disabled = { at: clock.now(), reason: 'manual' } as const
      return summary(await registry.change(id, record => ({ ...record, disabled })))
    },
    async rotateSecret(id) {
      const { webhook } = await load(id)
      const configured: WebhookRecord['secrets'] = webhook.secret ? [{ secret: webhook.secret }] : []
      const secret = createSecret()
      await registry.change(id, ({ secrets = configured, ...record }) => {
        const rotated = secrets.map(({ secret, until = clock.now() + rotationMs }) => ({ secret, until }))
        return { ...record, secrets: [{ secret }, ...rotated.filter(({ until }) => until > clock.now())] }
      })
      return { secret }
    },
    async test(id) {
      const found = await load(id)
      const [event = 'tour_completed'] = found.webhook.events ?? []
      const [content = 'welcome'] = found.webhook.contents ?? []
      const now = clock.now()
      const sample = messageFor([exampleEvent(event, content, now)], found.webhook, now)
      const tried = await attempt({ webhook: found.webhook, keys: registry.keysOf(found) }, sample)
      return tried.attempt
    },
    probe: (url, options) => probeEndpoint(egress, url, options),
  }
}

function onlyOne<T>([first]: readonly T[]): T {
  if (first === undefined) throw new TypeError('expected a webhook')
  return first
}
