import type { Json } from '../../../values/json.ts'
import { HttpError } from '../../companion/http-error.ts'
import type { DeliveryLog, DeliveryPage } from '../../emitter/delivery-log.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { AuditRecord } from '../../stores/console-store.ts'
import type { DeliveryFilter, DeliveryKey } from '../../stores/log-query.ts'
import type { BulkOptions, Delivery } from '../../stores/store.ts'
import type { Actor, Person } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'
import type { Mask } from '../masking/mask.ts'

/** What people do with the delivery log. */
export interface DeliveryService extends Pick<DeliveryLog, 'hours' | 'lastAttempts'> {
  /** A page of the log, as this person may see it. */
  list(person: Person, query?: Parameters<DeliveryLog['list']>[0]): Promise<DeliveryPage>
  /** One delivery, as this person may see it. @throws {HttpError} (rejects) 404 when the log has none. */
  find(person: Person, id: string, webhook?: string): Promise<Delivery>
  /** Who acted on it, the newest first. */
  history(key: DeliveryKey): Promise<AuditRecord[]>
  /** Sends one again. @throws {HttpError} (rejects) 404, or 409 when its webhook is gone. */
  resend(actor: Actor, id: string, webhook?: string): Promise<DeliveryKey>
  /** Gives one up that still waits. @throws {HttpError} (rejects) 404. */
  cancel(actor: Actor, id: string, webhook?: string): Promise<DeliveryKey>
  /** Sends again all that match; returns how many. @throws {HttpError} (rejects) 409 when there is no such webhook. */
  resendAll(actor: Actor, filter: DeliveryFilter, options?: BulkOptions): Promise<number>
  /** Gives up all that match and still wait; returns how many. */
  cancelAll(actor: Actor, filter: DeliveryFilter, options?: BulkOptions): Promise<number>
}

export interface DeliveryServiceOptions {
  emitter: Pick<Emitter, 'deliveries' | 'webhooks'>
  audit: AuditTrail
  mask: Pick<Mask, 'deliveries'>
}

export function createDeliveryService({
  emitter: { deliveries, webhooks },
  audit,
  mask,
}: DeliveryServiceOptions): DeliveryService {
  async function found(id: string, webhook?: string): Promise<Delivery> {
    const delivery = await deliveries.get(id, webhook)
    if (delivery) return delivery
    throw new HttpError(404, 'unknown_delivery', 'No delivery has this id, or the log has forgotten it.')
  }

  async function checkWebhook(id: string): Promise<void> {
    if (await webhooks.get(id)) return
    throw new HttpError(409, 'unknown_webhook', `The webhook "${id}" is gone; nothing can be sent to it.`)
  }

  return {
    hours: deliveries.hours,
    lastAttempts: deliveries.lastAttempts,
    async list(person, query) {
      const page = await deliveries.list(query)
      return { ...page, deliveries: await mask.deliveries(person, page.deliveries) }
    },
    async find(person, id, webhook) {
      const delivery = await found(id, webhook)
      const [shown = delivery] = await mask.deliveries(person, [delivery])
      return shown
    },
    history: key => audit.list({ limit: 20, target: targetOf(key) }),
    async resend(actor, id, webhook) {
      const delivery = await found(id, webhook)
      await checkWebhook(delivery.webhook)
      await deliveries.resend(delivery.id, delivery.webhook)
      await audit.record(actor, { action: 'resent it', target: targetOf(delivery) })
      return keyOf(delivery)
    },
    async cancel(actor, id, webhook) {
      const delivery = await found(id, webhook)
      await deliveries.cancel(keyOf(delivery))
      await audit.record(actor, { action: 'cancelled it', target: targetOf(delivery) })
      return keyOf(delivery)
    },
    async resendAll(actor, filter, options) {
      if (filter.webhook !== undefined) await checkWebhook(filter.webhook)
      const count = await deliveries.replay(filter, options)
      await audit.record(actor, {
        action: 'resent what failed or waited',
        target: bulkTarget(filter),
        details: bulkDetails(filter, count),
      })
      return count
    },
    async cancelAll(actor, filter, options) {
      const count = await deliveries.cancel(filter, options)
      await audit.record(actor, {
        action: 'cancelled what waited',
        target: bulkTarget(filter),
        details: bulkDetails(filter, count),
      })
      return count
    },
  }
}

function targetOf({ webhook, id }: DeliveryKey): string {
  return `deliveries/${webhook}/${id}`
}

function keyOf({ webhook, id }: DeliveryKey): DeliveryKey {
  return { webhook, id }
}

/** A webhook's history shows it, too. */
function bulkTarget({ webhook }: DeliveryFilter): string {
  return webhook === undefined ? 'deliveries' : `webhooks/${webhook}`
}

/** How many, and which; the audit does not keep whose. */
function bulkDetails({ state, event, since, until, id, userId }: DeliveryFilter, count: number): Json {
  const parts = [
    state,
    event,
    id,
    userId === undefined ? undefined : 'of one user',
    since === undefined ? undefined : `since ${new Date(since).toISOString()}`,
    until === undefined ? undefined : `until ${new Date(until).toISOString()}`,
  ]
  return [`${count}`, ...parts.filter(part => part !== undefined)].join(', ')
}
