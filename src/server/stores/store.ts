import type { Message } from '../../message/message.ts'
import type { EventName } from '../../schema/event.ts'
import type { Webhook } from '../../schema/webhook.ts'
import type { Json } from '../../values/json.ts'
import type { ConsoleStore } from './console-store.ts'

/** How a delivery stands: still to be sent, arrived, or given up. */
export type DeliveryState = 'pending' | 'delivered' | 'failed'

/** One try at one endpoint. */
export interface Attempt {
  /** When it began, in milliseconds since 1970. */
  at: number
  /** How long it took. */
  durationMs: number
  /** The answer's status; absent when none came. */
  status?: number
  /** Why no answer came, without the endpoint's path, query or headers. */
  error?: string
  /** The first 2 kB of the answer. */
  answer?: string
}

/** One message on its way to one webhook. Its id is the message's, and the `webhook-id` of each attempt. */
export interface Delivery {
  /** The message's id. */
  id: string
  /** The webhook's id. */
  webhook: string
  /** What the webhook is sent. */
  message: Message
  /** The webhook's template, filled when the event happened. */
  content?: Json
  /** How it stands. */
  state: DeliveryState
  /** When it was queued, in milliseconds since 1970. */
  createdAt: number
  /** When it is tried next, while it is pending. */
  dueAt: number
  /** Failed attempts since it was queued or sent again; its place in the schedule. */
  failures: number
  /** Every attempt, the oldest first. */
  attempts: Attempt[]
}

/** What is queued: a delivery that nobody has tried yet. */
export type NewDelivery = Pick<Delivery, 'id' | 'webhook' | 'message' | 'content' | 'createdAt' | 'dueAt'>

/** A delivery lent to one worker, until the lease ends. */
export interface Claimed
  extends Pick<Delivery, 'id' | 'webhook' | 'message' | 'content' | 'createdAt' | 'failures'> {
  /** Names this claim; a later one of the same delivery has another. */
  lease: string
  /** From then on another worker may claim it. */
  leaseUntil: number
}

/** How many due deliveries of one webhook to claim. */
export interface ClaimRequest {
  webhook: string
  limit: number
}

/** What became of a claimed delivery. */
export interface Settlement {
  id: string
  webhook: string
  lease: string
  /** Absent when it goes back untried. */
  attempt?: Attempt
  state: DeliveryState
  /** When it is due again, if it is still pending. */
  dueAt?: number
}

/** Which deliveries to look at; all conditions must hold. Times in milliseconds since 1970, `until` excluded. */
export interface DeliveryFilter {
  /** Those to this webhook, by its id. */
  webhook?: string
  /** Those that stand so. */
  state?: DeliveryState
  /** Those with such an event. */
  event?: EventName | 'trigger_event'
  /** Those of this user. */
  userId?: string
  /** Those that were queued at that time or later, in milliseconds since 1970. */
  since?: number
  /** Those that were queued before that time, in milliseconds since 1970. */
  until?: number
}

/** A place in a list that is sorted by time, the newest first. */
export interface Cursor {
  createdAt: number
  id: string
}

/** A webhook's durable part: the whole of one made at run time, what has changed of one in the config. */
export interface WebhookRecord {
  id: string
  /** Present for a webhook made at run time. */
  webhook?: Webhook
  /** Secrets to sign with, the newest first, in place of the config's. */
  secrets?: { secret: string; until?: number }[]
  disabled?: { at: number; reason: DisabledReason }
  /** When its first failure since its last success was. */
  failingSince?: number
}

/** Why a webhook is disabled: it answered 410, it only failed for five days, or someone said so. */
export type DisabledReason = 'gone' | 'failing' | 'manual'

/** A step of the caller's own bookkeeping, and the deliveries that follow from it. */
export interface StoredChange {
  /** The same twice counts once. */
  once: string
  /** The durable value that changes. */
  key: string
  /** Milliseconds since 1970. */
  at: number
  /** Pure and synchronous: it runs inside the store's transaction, and may run again if that is retried. */
  change: (value: Json | undefined) => { value?: Json; deliveries: NewDelivery[] }
}

/** A database handle within a transaction of the caller's, such as a client of `pg`. */
export interface Transaction {
  /** Runs a statement within the transaction. */
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

/** What every store takes. */
export interface StoreOptions {
  /**
   * How long a claim lasts, in milliseconds, and so how long a crashed process's deliveries wait for
   * another attempt. At least twice as long as an attempt may take. @default 60_000
   */
  leaseMs?: number
}

/**
 * Where deliveries live until they are done, and their log after that.
 *
 * What a promise stands for is durable once it resolves. Several workers may share a store.
 */
export interface Store {
  /** How long a claim lasts, in milliseconds. */
  readonly leaseMs: number
  /** Queues deliveries, all or none; an id that is there already is left as it is. */
  add(deliveries: readonly NewDelivery[], options?: { db?: Transaction }): Promise<void>
  /** Lends due deliveries out, the oldest first, each to one caller at a time. */
  claim(lanes: readonly ClaimRequest[], now: number): Promise<Claimed[]>
  /**
   * Records attempts and what follows from them.
   *
   * After its lease has passed to another, a claim's attempt is still logged, and a success still
   * counts; anything else is for the new holder to say.
   */
  settle(settlements: readonly Settlement[]): Promise<void>

  /** The log, the newest first. */
  list(filter: DeliveryFilter, page: { limit: number; before?: Cursor }): Promise<Delivery[]>
  /** One delivery, or `undefined`. */
  get(id: string): Promise<Delivery | undefined>
  /** How many deliveries there are. */
  count(filter: DeliveryFilter): Promise<number>
  /** Makes settled deliveries pending again, from the schedule's start; returns how many. */
  requeue(target: { id: string } | DeliveryFilter, now: number): Promise<number>
  /**
   * Forgets what is from before a time: settled deliveries, those that wait for another webhook than the
   * `active` ones, and ids of state changes. Returns how many deliveries.
   */
  prune(before: number, active: readonly string[]): Promise<number>

  /** Every webhook's record. */
  webhooks(): Promise<WebhookRecord[]>
  /** Changes one webhook's record (at first its id alone) in a transaction; returns what is kept. */
  changeWebhook(id: string, change: (record: WebhookRecord) => WebhookRecord): Promise<WebhookRecord>
  /** Forgets a webhook's record; what is still queued for it counts as failed, and its log stays. */
  removeWebhook(id: string): Promise<void>

  /** Reads a value of the caller's own bookkeeping. */
  read(key: string): Promise<Json | undefined>
  /** Changes a value and queues deliveries, in one transaction; `false` when `once` was seen before. */
  apply(change: StoredChange): Promise<boolean>

  /** What the console keeps. */
  readonly console: ConsoleStore

  /** Ends what it has open; what was promised is kept. */
  close(): Promise<void>
}
