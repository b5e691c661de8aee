import type { Message } from '../message/message.ts'
import type { Activity } from '../schema/activity.ts'
import type { Json } from '../values/json.ts'
import { lastIndexOf } from '../values/last-index.ts'
import type { JsonStorage } from './storage.ts'

interface Waiting {
  /** Not to be sent before (ms since 1970): the receiver's `Retry-After`. */
  notBefore?: number
  /** Until then (ms since 1970) the tab that took it is sending it. */
  leasedUntil?: number
}

/** A message on its way to a webhook. */
export interface WebhookDelivery extends Waiting {
  /** The webhook's id. */
  webhook: string
  message: Message
  /** The webhook's body template, filled, when it has one. */
  content?: Json | undefined
}

/** What a visitor did, on its way to the companion. */
export interface ActivityDelivery extends Waiting {
  webhook: null
  message: Activity
}

export type OutboxDelivery = WebhookDelivery | ActivityDelivery

/** How long a tab may keep a delivery without a sign of life: one attempt and the wait after it. */
export const leaseMs = 30_000
const lifetimeMs = 72 * 3_600_000
const capacity = 100
/** A fifth of what browsers give to a whole site. */
const maxCharacters = 1_000_000

/** The deliveries that wait, each under a key of its own, so that tabs do not overwrite each other's. */
export interface Outbox {
  /** Writes a delivery as this tab's, for `leaseMs`. */
  lease(delivery: OutboxDelivery): void
  /** The same again, if it is still this tab's: false when another has taken it meanwhile, or delivered it. */
  renew(delivery: OutboxDelivery): boolean
  /** Writes it back for anyone to take, if it is still this tab's. */
  release(delivery: OutboxDelivery): void
  /** This tab's from now on, unless it is gone, not due, or another tab's. */
  claim(id: string): OutboxDelivery | undefined
  remove(id: string): void
  /** All that wait, the oldest first. */
  list(): OutboxDelivery[]
  /** The oldest, which must go before one more may come: it holds 100, and a million characters. */
  surplus(): OutboxDelivery[]
  /** Those that have waited for 72 hours. */
  expired(): OutboxDelivery[]
}

export function createOutbox(storage: JsonStorage, now: () => number = Date.now): Outbox {
  const write = (delivery: OutboxDelivery) => storage.set(`delivery:${delivery.message.id}`, delivery)
  const lease = (delivery: OutboxDelivery) => {
    delivery.leasedUntil = now() + leaseMs
    write(delivery)
  }
  const read = (key: string) => {
    const delivery = storage.get(key) as OutboxDelivery | undefined
    // Another script of the page may have written there.
    return `delivery:${delivery?.message?.id}` === key ? delivery : undefined
  }
  const isOurs = ({ message, leasedUntil }: OutboxDelivery) =>
    read(`delivery:${message.id}`)?.leasedUntil === leasedUntil
  const list = () => storage.keys('delivery:').flatMap(key => read(key) ?? [])

  return {
    lease,
    renew(delivery) {
      const isRenewed = isOurs(delivery)
      if (isRenewed) lease(delivery)
      return isRenewed
    },
    release(delivery) {
      if (isOurs(delivery)) write({ ...delivery, leasedUntil: 0 })
    },
    claim(id) {
      const delivery = read(`delivery:${id}`)
      if (!delivery || dueAt(delivery) > now()) return undefined
      lease(delivery)
      return delivery
    },
    remove: id => storage.remove(`delivery:${id}`),
    list,
    surplus() {
      const waiting = list()
      let room = maxCharacters
      const last = lastIndexOf(waiting, (delivery, index) => {
        room -= JSON.stringify(delivery).length
        return room < 0 || waiting.length - index === capacity
      })
      return waiting.slice(0, last + 1)
    },
    expired: () => list().filter(({ message }) => !(now() - Date.parse(message.timestamp) <= lifetimeMs)),
  }
}

/** When a delivery may be taken (ms since 1970): its lease has run out, and the receiver's wait is over. */
export function dueAt({ leasedUntil = 0, notBefore = 0 }: OutboxDelivery): number {
  return Math.max(leasedUntil, notBefore)
}
