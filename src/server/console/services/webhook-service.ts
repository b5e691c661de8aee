import { createHash } from 'node:crypto'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'
import { HttpError } from '../../companion/http-error.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { NewWebhook, WebhookAdmin, WebhookChange } from '../../emitter/webhook-admin.ts'
import type { AuditRecord } from '../../stores/console-store.ts'
import type { Attempt } from '../../stores/store.ts'
import type { WebhookSummary } from '../../webhooks/webhook-summary.ts'
import type { Actor } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'
import type { ConsoleContent } from '../content/console-content.ts'
import { differencesOf } from '../content/differences.ts'
import { segment } from '../ui/markup.ts'
import { usesOf, type WebhookUse } from './webhook-usage.ts'

/** So many places that send a webhook are named. */
const mostNamed = 10

/** What people do with webhooks. It works at once; nothing is to be published. */
export interface WebhookService extends Pick<WebhookAdmin, 'list' | 'get' | 'settings' | 'probe'> {
  /** @throws {HttpError} (rejects) 404 when there is none. */
  find(id: string): Promise<WebhookSummary>
  /** What one that was made at run time is set to. @throws {HttpError} (rejects) 404, or 409 when it stands in the config. */
  findOwn(id: string): Promise<Webhook>
  /** What a change may begin from, without telling anything of it. @throws {HttpError} (rejects) as `findOwn` does. */
  rev(id: string): Promise<string>
  /** What was done to it, the newest first. */
  history(id: string): Promise<AuditRecord[]>
  /** Where tours name webhooks, by the webhook's id. */
  uses(): Promise<Map<string, WebhookUse[]>>
  /** @throws {ConfigError} (rejects) lists what is wrong with it. @throws {HttpError} (rejects) 409 when its id is taken. */
  create(actor: Actor, webhook: NewWebhook): Promise<{ webhook: WebhookSummary; secret: string }>
  /**
   * Changes one that was made at run time.
   *
   * @param rev That of the settings on which the change was made; without it, whatever they are now.
   * @throws {HttpError} (rejects) 409 when somebody else has changed it since.
   */
  update(
    actor: Actor,
    id: string,
    change: WebhookChange,
    rev?: string,
  ): Promise<WebhookSummary & { secret?: string }>
  /** @throws {HttpError} (rejects) 409, naming the places, when published tours send it. */
  remove(actor: Actor, id: string): Promise<void>
  enable(actor: Actor, id: string): Promise<WebhookSummary>
  disable(actor: Actor, id: string): Promise<WebhookSummary>
  rotateSecret(actor: Actor, id: string): Promise<{ secret: string }>
  test(actor: Actor, id: string): Promise<Attempt>
}

export interface WebhookServiceOptions {
  emitter: Pick<Emitter, 'webhooks'>
  content: ConsoleContent
  audit: AuditTrail
}

export function createWebhookService({
  emitter: { webhooks },
  content,
  audit,
}: WebhookServiceOptions): WebhookService {
  async function find(id: string): Promise<WebhookSummary> {
    const webhook = await webhooks.get(id)
    if (webhook) return webhook
    throw new HttpError(404, 'unknown_webhook', 'No webhook has this id. It may have been removed.')
  }

  async function findOwn(id: string): Promise<Webhook> {
    const { source } = await find(id)
    const settings = await webhooks.settings(id)
    if (source === 'runtime' && settings) return settings
    throw new HttpError(409, 'from_config', 'This webhook stands in the config file; change it there.')
  }

  function record(actor: Actor, id: string, action: string, details?: Json): Promise<void> {
    return audit.record(actor, { action, target: `webhooks/${id}`, details })
  }

  /** Of any webhook, also one of the config file: what it does, not what it is. */
  async function changed<Result>(
    actor: Actor,
    id: string,
    action: string,
    change: (id: string) => Promise<Result>,
  ): Promise<Result> {
    await find(id)
    const result = await change(id)
    await record(actor, id, action)
    return result
  }

  async function uses(): Promise<Map<string, WebhookUse[]>> {
    return usesOf(await content.list('tours'), segment)
  }

  return {
    list: webhooks.list,
    get: webhooks.get,
    settings: webhooks.settings,
    probe: webhooks.probe,
    find,
    findOwn,
    rev: async id => revOfWebhook(await findOwn(id)),
    history: id => audit.list({ limit: 20, target: `webhooks/${id}` }),
    uses,
    async create(actor, webhook) {
      if (webhook.id !== undefined && (await webhooks.get(webhook.id))) {
        throw new HttpError(409, 'taken', 'Another webhook has this id.', { path: 'id' })
      }
      const made = await webhooks.create(webhook)
      await record(actor, made.webhook.id, 'made it')
      return made
    },
    async update(actor, id, change, rev) {
      const before = await findOwn(id)
      if (rev !== undefined && rev !== revOfWebhook(before)) {
        const message = 'Somebody has changed this webhook in the meantime; look at it, and change it again.'
        throw new HttpError(409, 'changed', message, { path: 'rev' })
      }
      const updated = await webhooks.update(id, change)
      const changed = changedParts(before, (await webhooks.settings(id)) ?? before)
      await record(actor, id, 'changed it', changed)
      return updated
    },
    async remove(actor, id) {
      await findOwn(id)
      const live = ((await uses()).get(id) ?? []).filter(({ isPublished }) => isPublished)
      if (live.length > 0) {
        const named = live.slice(0, mostNamed).map(({ name, where }) => `${name} (${where})`)
        const more = live.length - named.length
        const places = `${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
        throw new HttpError(
          409,
          'in_use',
          `Published tours send it: ${places}. Take it out there and publish first.`,
        )
      }
      await webhooks.remove(id)
      await record(actor, id, 'removed it')
    },
    enable: (actor, id) => changed(actor, id, 'enabled it', webhooks.enable),
    disable: (actor, id) => changed(actor, id, 'disabled it', webhooks.disable),
    rotateSecret: (actor, id) => changed(actor, id, 'rotated its secret', webhooks.rotateSecret),
    async test(actor, id) {
      await find(id)
      const attempt = await webhooks.test(id)
      const result = attempt.status === undefined ? 'no answer' : `answered ${attempt.status}`
      await record(actor, id, 'sent a test', result)
      return attempt
    },
  }
}

/** What a change began from, without telling anything of it. */
export function revOfWebhook(webhook: Webhook): string {
  return hashed(webhook).slice(0, 16)
}

/** Where two settings of a webhook differ: names alone, for what stands there may be a password. */
export function changedParts(before: Webhook, after: Webhook): string[] {
  return differencesOf(visible(before), visible(after)).map(({ path }) => path.join(' › '))
}

/** What may stand in the audit: no password, no header's value, nothing of the address. */
function visible({ auth, headers, url, query, ...rest }: Webhook): Json {
  return {
    ...rest,
    url: hashed(url),
    auth: hashed(auth),
    headers: hashed(headers),
    parameters: hashed(query),
  } as unknown as Json
}

function hashed(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('base64url')
}
