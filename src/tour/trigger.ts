import type { WebhookDelivery } from '../delivery/outbox.ts'
import { fillTemplate } from '../message/body.ts'
import { createMessageId } from '../message/message.ts'
import type { Trigger } from '../schema/triggers.ts'
import type { Webhook } from '../schema/webhook.ts'
import { byId } from '../values/by-id.ts'
import { collect, lookUp, type Scope } from './sources/sources.ts'

/**
 * What a trigger sends: its data, gathered now, as a message to its webhook.
 *
 * @throws {Error} when no webhook has the trigger's id.
 */
export function triggerDelivery(
  trigger: Trigger,
  webhooks: readonly Webhook[],
  scope: Scope,
  onError: (error: unknown) => void,
): WebhookDelivery {
  const webhook = byId(webhooks, trigger.webhook, 'webhook')
  const { tags, tour, on, messageId = createMessageId() } = scope
  const message = {
    id: messageId,
    timestamp: new Date().toISOString(),
    name: webhook.name ?? webhook.id,
    userId: userIdOf(tags),
    events: [{ name: 'trigger_event' as const, id: tour?.id, step: tour?.step, on }],
    data: collect({ ...webhook.data, ...trigger.data }, scope, onError),
  }
  return { webhook: webhook.id, message, content: fillTemplate(webhook, message, name => lookUp(name, scope)) }
}

/** The visitor's id, a text, or `null` for one without. */
export function userIdOf({ userId }: Record<string, unknown>): string | null {
  return userId === undefined || userId === '' ? null : String(userId)
}
