import type { Message } from '../message/message.ts'
import type { Activity } from '../schema/activity.ts'
import { elapsedMs, leftMs } from '../values/elapsed.ts'
import { type Json, stringify } from '../values/json.ts'
import type { JsonStorage } from './storage.ts'

interface Waiting {
  /** Not to be sent before (ms since 1970): the receiver's `Retry-After`. */
  notBefore?: number
  /** Until about then (ms since 1970) the tab that took it is sending it; no two leases are alike. 0 while it waits. */
  leasedUntil?: number
  /** That tab took it from one that seemed dead. */
  isTakenOver?: boolean
  /** It may have arrived, though the page could not see the answer. */
  isUnanswered?: boolean
}

/** A message on its way to a webhook. */
export interface WebhookDelivery extends Waiting {
  /** The webhook's id. */
  webhook: string
  message: Message
  /** What the placeholders of the webhook's body template stand for, when it has one. */
  values?: Record<string, Json | undefined> | undefined
  /** For the relay: the hash of the user whose message it is. */
  userHash?: string | undefined
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

/**
 * The deliveries that wait, each under a key of its own, so that tabs do not overwrite each other's.
 *
 * Those of this page are held in memory as well, until the page is left: a site may empty its storage.
 */
export interface Outbox {
  has(id: string): boolean
  /** Whether it has come to its end in this browser: in a copy of this tab, say. */
  hasEnded(id: string): boolean
  /** Writes a delivery as this tab's, for `leaseMs`. */
  lease(delivery: OutboxDelivery): void
  /** The same again, if it is still this tab's: false when another has taken it meanwhile, or delivered it. */
  renew(delivery: OutboxDelivery): boolean
  /** Writes it back for anyone to take after a wait, if it is still this tab's: else false; this page may wait for longer. */
  release(delivery: OutboxDelivery, waitMs?: number, ownWaitMs?: number): boolean
  /** This tab's from now on, unless it is gone, not due, or another tab's. */
  claim(id: string): OutboxDelivery | undefined
  /** It has come to its end. */
  remove(id: string): void
  /** All that wait, the oldest first. */
  list(): OutboxDelivery[]
  /** How long, in ms, until it may be taken: its lease has run out, and the receiver's wait is over. */
  waitMs(delivery: OutboxDelivery): number
  /** How long, in ms, until the receiver's wait is over. */
  pauseMs(delivery: OutboxDelivery): number
  /** The oldest that wait and must go: it holds 100, and a million characters, but always the newest. */
  surplus(): OutboxDelivery[]
  /** Those that have waited for 72 hours. */
  expired(): OutboxDelivery[]
  /** What is gone from the storage from now on has been sent by another page. */
  letGo(): void
  /** The page is left: the same, and what this tab was sending is anybody's. */
  leave(): void
  /** The page is back. */
  takeUp(): void
  /** Forgets what it holds. */
  clear(): void
}

interface Held {
  delivery: OutboxDelivery
  /** When it came, by `elapsedMs`, less the age that it had. */
  bornAt: number
  /** When it may be tried again, by `elapsedMs`. */
  dueAt: number
}

export function createOutbox(storage: JsonStorage): Outbox {
  const held = new Map<string, Held>()
  /** Is there while this page holds anything: what is missing beside it another page has sent, and not the site removed. */
  const mark = `page:${Math.random()}`
  /** Other tabs' leases, by the deliveries' ids, and since when this page knows of them, by `elapsedMs`. */
  const known = new Map<string, { lease: number; since: number }>()
  let isAway = false

  function write(delivery: OutboxDelivery): void {
    storage.set(`delivery:${delivery.message.id}`, delivery)
    if (!isAway) storage.set(mark, now())
  }

  function drop(id: string): void {
    held.delete(id)
    if (held.size === 0) storage.remove(mark)
  }

  function restore(): void {
    if (isAway || held.size === 0 || storage.get(mark)) return
    for (const [id, { delivery }] of held) {
      // A copy of this tab may have come to the same step since.
      if (!storage.get(`delivery:${id}`) && !ended().includes(id)) write(delivery)
    }
    storage.set(mark, now())
  }

  function find(id: string): OutboxDelivery | undefined {
    restore()
    const stored = storage.get(`delivery:${id}`) as OutboxDelivery | undefined
    // Another page has taken it, or has been done with it.
    if (stored?.leasedUntil !== held.get(id)?.delivery.leasedUntil) drop(id)
    // Another script of the page may have written there.
    return stored?.message?.id === id ? stored : undefined
  }

  function ended(): string[] {
    const ids = storage.get('ended')
    return Array.isArray(ids) ? ids : []
  }

  function ageMs({ message: { id, timestamp } }: OutboxDelivery): number {
    const { bornAt = Number.NEGATIVE_INFINITY } = held.get(id) ?? {}
    return Math.min(now() - Date.parse(timestamp), elapsedMs() - bornAt)
  }

  function hold(delivery: OutboxDelivery, waitMs = 0): void {
    restore()
    const { id } = delivery.message
    const { bornAt = elapsedMs() - Math.max(ageMs(delivery), 0) } = held.get(id) ?? {}
    write(delivery)
    held.set(id, { delivery, bornAt, dueAt: elapsedMs() + waitMs })
  }

  function lease(delivery: OutboxDelivery): void {
    delivery.leasedUntil = now() + leaseMs + Math.random()
    hold(delivery)
  }

  function isOurs({ message, leasedUntil }: OutboxDelivery): boolean {
    return find(message.id)?.leasedUntil === leasedUntil
  }

  function release(delivery: OutboxDelivery, waitMs = 0, ownWaitMs = waitMs): boolean {
    const isReleased = isOurs(delivery)
    if (isReleased) hold({ ...delivery, leasedUntil: 0, notBefore: waitMs && now() + waitMs }, ownWaitMs)
    return isReleased
  }

  function letGo(): void {
    restore()
    isAway = true
    storage.remove(mark)
  }

  function leaseLeftMs({ message: { id }, leasedUntil: lease = 0, isTakenOver }: OutboxDelivery): number {
    // This page's own, whatever the clock says.
    if (held.get(id)?.delivery.leasedUntil) return leaseMs
    if (lease === 0) return 0
    if (known.get(id)?.lease !== lease) known.set(id, { lease, since: elapsedMs() })
    const watchedMs = leaseMs - (elapsedMs() - (known.get(id)?.since ?? 0))
    // The clock alone tells of a tab that crashed before this page was there. It may be put forward again and again
    // in the midst of sending, which must not make a repeat each time.
    const left = lease - now()
    return Math.max(isTakenOver || left > leaseMs + 1 ? watchedMs : Math.min(left, watchedMs), 0)
  }

  function pauseMs({ message, notBefore = 0 }: OutboxDelivery): number {
    const own = held.get(message.id)
    return own ? Math.max(own.dueAt - elapsedMs(), 0) : leftMs(notBefore, lifetimeMs)
  }

  function waitMs(delivery: OutboxDelivery): number {
    return Math.max(leaseLeftMs(delivery), pauseMs(delivery))
  }

  function list(): OutboxDelivery[] {
    restore()
    const all = storage.keys('delivery:').flatMap(key => find(key.slice('delivery:'.length)) ?? [])
    return all.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  }

  function idle(): OutboxDelivery[] {
    return list().filter(delivery => leaseLeftMs(delivery) === 0)
  }

  return {
    has: id => find(id) !== undefined,
    lease,
    renew(delivery) {
      const isRenewed = isOurs(delivery)
      if (isRenewed) lease(delivery)
      return isRenewed
    },
    release,
    claim(id) {
      const delivery = find(id)
      if (!delivery || waitMs(delivery) > 0) return undefined
      delivery.isTakenOver = Boolean(delivery.leasedUntil)
      lease(delivery)
      return delivery
    },
    hasEnded: id => ended().includes(id),
    remove(id) {
      // A run's: `msg_`, the run, the trigger. Of others there are no copies.
      if (/_.*_/.test(id)) storage.set('ended', [...ended(), id].slice(-capacity))
      storage.remove(`delivery:${id}`)
      drop(id)
    },
    list,
    waitMs,
    pauseMs,
    surplus() {
      let room = maxCharacters
      const newestFirst = idle().reverse()
      const tooMany = newestFirst.filter((delivery, index) => {
        room -= stringify(delivery).length
        return index > 0 && (room < 0 || index >= capacity)
      })
      return tooMany.reverse()
    },
    expired() {
      // Those of pages that have crashed.
      for (const key of storage.keys('page:')) {
        if (!(Math.abs(now() - Number(storage.get(key))) <= lifetimeMs)) storage.remove(key)
      }
      return idle().filter(delivery => !(ageMs(delivery) <= lifetimeMs))
    },
    letGo,
    leave() {
      for (const { delivery } of held.values()) if (delivery.leasedUntil) release(delivery)
      letGo()
    },
    takeUp() {
      // What another page has taken or sent meanwhile is its own.
      for (const id of held.keys()) find(id)
      isAway = false
      if (held.size > 0) storage.set(mark, now())
    },
    clear: () => held.clear(),
  }
}

/** ms since 1970, for what other pages go by. */
function now(): number {
  return Date.now()
}

function orderOf({ message }: OutboxDelivery): string {
  return message.timestamp + message.id
}
