import type { WebhookDelivery } from '../delivery/outbox.ts'
import { templateValues } from '../message/body.ts'
import { createMessageId } from '../message/message.ts'
import type { Trigger } from '../schema/triggers.ts'
import type { Webhook } from '../schema/webhook.ts'
import { byId } from '../values/by-id.ts'
import { collect, lookUp, type Scope } from './sources/sources.ts'

export interface TriggerOptions {
  webhooks: readonly Webhook[]
  /** The hash of the present user, which goes with what the companion relays. */
  userHash?: string | undefined
  onError(error: unknown): void
}

/**
 * What a trigger sends: its data, gathered now, as a message to its webhook.
 *
 * @throws {Error} when no webhook has the trigger's id.
 */
export function triggerDelivery(
  trigger: Trigger,
  scope: Scope,
  { webhooks, userHash, onError }: TriggerOptions,
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
  return {
    webhook: webhook.id,
    message,
    values: templateValues(webhook, message, name => lookUp(name, scope)),
    // A credential: it is stored with nothing that does without.
    userHash: webhook.transport === 'relay' ? userHash : undefined,
  }
}

/** The visitor's id, a text, or `null` for one without. */
export function userIdOf({ userId }: Record<string, unknown>): string | null {
  return userId === undefined || userId === '' ? null : String(userId)
}
