import { ConfigError } from '../../schema/problems/config-error.ts'
import type { Webhook } from '../../schema/webhook.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { Egress } from '../egress/egress.ts'
import { type Probe, type ProbeOptions, probeEndpoint } from '../egress/probe.ts'
import type { Attempt, WebhookRecord } from '../stores/store.ts'
import { parseCallable, type Registered, type Registry } from '../webhooks/registry.ts'
import { createSecret } from '../webhooks/signature.ts'
import { summaryOf, type WebhookSummary } from '../webhooks/webhook-summary.ts'
import type { Attempter } from './attempt.ts'
import { messageFor } from './messages.ts'

// A receiver that checks with the old one would refuse everything from that moment on.
const unchangeableSecret = {
  path: 'webhooks[0].secret',
  message: 'is not changed but rotated: use rotate-secret',
}
const rotationMs = 24 * 60 * 60 * 1000

/** What `create` takes: a webhook as in the config, whose id may be left to be made. */
export type NewWebhook = Omit<Webhook, 'id'> & {
  /** What events and the log call the webhook. @default a random one */
  id?: string
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
   * Makes a webhook; its secret is shown here and never again.
   *
   * @throws {ConfigError} lists what is wrong with it.
   */
  create(webhook: NewWebhook): Promise<{ webhook: WebhookSummary; secret: string }>
  /**
   * Changes a webhook made at run time; its secret is for `rotateSecret` to change.
   *
   * @throws {ConfigError} lists what is wrong with the change.
   */
  update(id: string, change: WebhookChange): Promise<WebhookSummary>
  /** Removes a webhook made at run time; what is still queued for it counts as failed. */
  remove(id: string): Promise<void>
  /** Sends what has waited, and what comes. */
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

/** Makes the webhooks' side of an emitter. */
export function createWebhookAdmin({
  registry,
  egress,
  attempt,
  now,
  wake,
}: {
  registry: Registry
  egress: Egress
  attempt: Attempter
  now: () => number
  wake: () => void
}): WebhookAdmin {
  const summary = (registered: Registered) =>
    summaryOf(registered, { signed: registry.secretsOf(registered).length > 0 })
  const load = async (id: string): Promise<Registered> => {
    await registry.load()
    return registry.find(id)
  }
  const loadRuntime = async (id: string): Promise<Registered> => {
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
    async create({ id = crypto.randomUUID(), secret = createSecret(), ...rest }) {
      await registry.load()
      if (registry.get(id)) throw new TypeError(`There is a webhook "${id}" already`)
      const { secret: _, ...webhook } = onlyOne(parseCallable([{ ...rest, id, secret }]))
      const created = await registry.change(id, () => ({ id, webhook, secrets: [{ secret }] }))
      return { webhook: summary(created), secret }
    },
    async update(id, change) {
      if ('secret' in change) throw new ConfigError([unchangeableSecret])
      const found = await loadRuntime(id)
      const webhook = onlyOne(parseCallable([omitUndefined({ ...found.webhook, ...change, id })]))
      return summary(await registry.change(id, record => ({ ...record, webhook })))
    },
    async remove(id) {
      await loadRuntime(id)
      await registry.remove(id)
    },
    async enable(id) {
      await load(id)
      const enabled = await registry.change(id, ({ disabled: _, failingSince: __, ...record }) => record)
      wake()
      return summary(enabled)
    },
    async disable(id) {
      await load(id)
      const disabled = { at: now(), reason: 'manual' } as const
      return summary(await registry.change(id, record => ({ ...record, disabled })))
    },
    async rotateSecret(id) {
      const { webhook } = await load(id)
      const configured: WebhookRecord['secrets'] = webhook.secret ? [{ secret: webhook.secret }] : []
      const secret = createSecret()
      await registry.change(id, ({ secrets = configured, ...record }) => {
        const rotated = secrets.map(({ secret, until = now() + rotationMs }) => ({ secret, until }))
        return { ...record, secrets: [{ secret }, ...rotated.filter(({ until }) => until > now())] }
      })
      return { secret }
    },
    async test(id) {
      const found = await load(id)
      const { webhook } = found
      const [name = 'tour_completed'] = webhook.events ?? []
      const [content = 'welcome'] = webhook.contents ?? []
      const sample = messageFor([{ name, userId: 'user_123', id: content }], webhook, now())
      const tried = await attempt({ webhook, keys: registry.keysOf(found) }, sample)
      return tried.attempt
    },
    probe: (url, options) => probeEndpoint(egress, url, options),
  }
}

function onlyOne<T>([first]: readonly T[]): T {
  if (first === undefined) throw new TypeError('expected a webhook')
  return first
}
