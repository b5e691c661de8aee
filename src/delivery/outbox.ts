import type { Message } from '../message/message.ts'
import type { Json } from '../message/value.ts'
import type { Activity } from '../schema/activity.ts'
import type { KeyValueStorage } from './storage.ts'

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
  filled?: Json | undefined
}

/** What a visitor did, on its way to the companion. */
export interface ActivityDelivery extends Waiting {
  webhook: null
  message: Activity
}

export type Delivery = WebhookDelivery | ActivityDelivery

/** How long a tab may keep a delivery without a sign of life: one attempt and the wait after it. */
export const leaseMs = 30_000
const lifetimeMs = 72 * 3_600_000
const capacity = 100
const prefix = 'tourhook:delivery:'

/** The deliveries that wait, each under a key of its own, so that tabs do not overwrite each other's. */
export interface Outbox {
  /** Writes a delivery; returns those that had to make way for it. */
  add(delivery: Delivery): Delivery[]
  /** Writes it back, for anyone to take. */
  release(delivery: Delivery): void
  /** Writes it, or keeps it, as this tab's for another `leaseMs`. */
  lease(delivery: Delivery): void
  /** This tab's from now on, unless it is gone, or another tab's. */
  claim(id: string): Delivery | undefined
  remove(id: string): void
  /** All that wait, the oldest first. */
  list(): Delivery[]
  /** Takes out those that are older than 72 hours. */
  expire(): Delivery[]
}

export function createOutbox(storage: KeyValueStorage, now: () => number = Date.now): Outbox {
  const write = (delivery: Delivery) => storage.set(prefix + delivery.message.id, JSON.stringify(delivery))
  const remove = (id: string) => storage.remove(prefix + id)
  const lease = (delivery: Delivery) => write({ ...delivery, leasedUntil: now() + leaseMs })

  function read(key: string): Delivery | undefined {
    try {
      const delivery: Delivery = JSON.parse(storage.get(key) ?? 'null')
      return typeof delivery.message.id === 'string' ? delivery : undefined
    } catch {
      // Not ours, or cut short: nothing that could be sent.
      storage.remove(key)
      return undefined
    }
  }

  const list = () => storage.keys(prefix).flatMap(key => read(key) ?? [])

  function drop(deliveries: Delivery[]): Delivery[] {
    for (const { message } of deliveries) remove(message.id)
    return deliveries
  }

  return {
    add(delivery) {
      const surplus = storage.keys(prefix).length + 1 - capacity
      const evicted = surplus > 0 ? drop(list().slice(0, surplus)) : []
      lease(delivery)
      return evicted
    },
    release: ({ leasedUntil, ...delivery }) => write(delivery),
    lease,
    claim(id) {
      const delivery = read(prefix + id)
      if (!delivery || dueAt(delivery) > now()) return undefined
      lease(delivery)
      return delivery
    },
    remove,
    list,
    expire: () => drop(list().filter(({ message }) => now() - Date.parse(message.timestamp) > lifetimeMs)),
  }
}

/** When a delivery may be taken: its lease has run out, and the receiver's wait is over. */
export function dueAt({ leasedUntil = 0, notBefore = 0 }: Delivery): number {
  return Math.max(leasedUntil, notBefore)
}
