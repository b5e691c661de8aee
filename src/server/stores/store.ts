import type { Message } from '../../message/message.ts'
import type { Webhook } from '../../schema/webhook.ts'
import type { Json } from '../../values/json.ts'
import type { ConsoleStore } from './console-store.ts'
import type { Cursor, DeliveryFilter, DeliveryKey, DeliveryState } from './log-query.ts'

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

/** How the last attempt at a webhook went, without what was answered. */
export type LastAttempt = Omit<Attempt, 'answer'>

/** One message on its way to one webhook. */
export interface Delivery extends DeliveryKey {
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
  /** Why it stands as it does, when its attempts don't say: removed, canceled, set aside. */
  reason?: string
}

/** What is queued: a delivery that nobody has tried yet. */
export interface NewDelivery
  extends Pick<Delivery, 'id' | 'webhook' | 'message' | 'content' | 'createdAt' | 'dueAt'> {
  /** What makes its content the same as another's of its key. @default message and content themselves */
  fingerprint?: string | undefined
}

/** What became of deliveries that were added. */
export interface AddResult {
  /** What has been queued: now, or when the same `once` first came. */
  queued: DeliveryKey[]
  /** Keys that are in the store with another content, which stays. */
  conflicts: DeliveryKey[]
  /** `false` when the same `once` had come before. */
  counted: boolean
}

/** How deliveries are added. */
export interface AddOptions {
  /** PostgreSQL only: queues within the caller's own transaction. */
  db?: Transaction | undefined
  /**
   * The caller's own id of what happened: the same twice counts once, for as long as the log is kept. It shares its
   * names with `StoredChange.once`.
   */
  once?: string | undefined
}

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
export interface Settlement extends DeliveryKey {
  /** The claim's. */
  lease: string
  /** Absent when it goes back untried. */
  attempt?: Attempt | undefined
  /** How it stands from now on. */
  state: DeliveryState
  /** When it is due again, if it is still pending. */
  dueAt?: number | undefined
  /** Why, when the attempt doesn't say. */
  reason?: string | undefined
}

/** A settlement that could not be kept as it was, though the store works: its delivery was set aside as failed. */
export interface SetAside {
  /** As it was given. */
  settlement: Settlement
  /** Why, naming the delivery. */
  error: Error
}

/** A stretch of the log. */
export interface DeliveryList {
  /** The newest first. */
  deliveries: Delivery[]
  /**
   * Present when the search ended before the log did, so as not to take long: nothing newer than this place is missing.
   * Give it as `before` to look further back.
   */
  searchedTo?: Cursor
}

/** The attempts of one hour at one webhook that had one outcome. */
export interface HourCount {
  /** The hour's start, in milliseconds since 1970. */
  hour: number
  /** The webhook's id. */
  webhook: string
  /** `retried` failed, and will be tried again. */
  outcome: 'delivered' | 'failed' | 'retried'
  /** How many there were. */
  attempts: number
  /** How long all of them took together. */
  durationMs: number
}

/** Which hours to count. Times in milliseconds since 1970, `until` excluded. */
export interface HourSpan {
  /** Of this webhook, or of these. @default all */
  webhook?: string | readonly string[] | undefined
  /** The hours from then on, in milliseconds since 1970. */
  since: number
  /** And before then. @default now */
  until?: number | undefined
  /** Whether all webhooks are one, under an empty id: with many of them, a chart needs no more. @default false */
  together?: boolean | undefined
}

/** What is forgotten. */
export interface PruneOptions {
  /** Deliveries, hours and ids of what counts once from before then, in milliseconds since 1970. */
  before: number
  /** Users last seen before then. @default before */
  usersBefore?: number | undefined
  /** The webhooks whose waiting deliveries stay, however old. */
  active: readonly string[]
}

/** How many deliveries are changed together. */
export interface BulkOptions {
  /** At most so many, the newest first. @default all */
  most?: number | undefined
  /** Only those older than this place, so that what was begun goes on where it was. */
  before?: Cursor | undefined
  /** Whether those to this webhook may be changed. @default all */
  only?: ((webhook: string) => boolean) | undefined
  /** Hears, after each slice, how many have been changed so far, and up to which place. */
  onProgress?: ((count: number, place: Cursor) => void) | undefined
  /** Stops between two slices; what is changed stays so. */
  signal?: AbortSignal | undefined
}

/** A webhook's durable part: the whole of one made at run time, what has changed of one in the config. */
export interface WebhookRecord {
  id: string
  /** Present for a webhook made at run time. */
  webhook?: Webhook
  /** Secrets to sign with, the newest first, in place of the config's. */
  secrets?: { secret: string; until?: number }[]
  /** `endpoint` marks the address that it is about: another one is called again. */
  disabled?: { at: number; reason: DisabledReason; endpoint?: string }
  /** When its first failure since its last success was. */
  failingSince?: number
  /** The failures since then, without a gap of two days: when the first and the last were, and how many. */
  failures?: { from: number; last: number; count: number }
  /** Whether it has been announced that it fails. */
  isFailing?: boolean
}

/** Why a webhook is disabled: it answered 410, it only failed for five days, or someone said so. */
export type DisabledReason = 'gone' | 'failing' | 'manual'

/** A step of the caller's own bookkeeping, and the deliveries that follow from it. */
export interface StoredChange {
  /** The same twice counts once. */
  once: string
  /** The same for a repeat; another under the same `once` rejects with a `TakenError`. */
  fingerprint?: string | undefined
  /** The durable value that changes. A user's is `user:` and their id, so that `forget` finds it. */
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
  leaseMs?: number | undefined
  /** How much may be kept by `apply`, in bytes of JSON; beyond it, changes that need more reject. @default 4 GB */
  mostStateBytes?: number | undefined
}

/**
 * Where deliveries live until they are done, and their log after that.
 *
 * What a promise stands for is durable once it resolves. Several workers may share a store. No call waits for ever:
 * what the store can't do in time rejects with a `StoreError`.
 */
export interface Store {
  /** How long a claim lasts, in milliseconds. */
  readonly leaseMs: number
  /** Queues deliveries, all or none; a key that is there already is left as it is. */
  add(deliveries: readonly NewDelivery[], options?: AddOptions): Promise<AddResult>
  /** Which webhooks have deliveries that may be claimed. */
  dueWebhooks(now: number): Promise<string[]>
  /** Lends due deliveries out, the oldest first, each to one caller at a time. */
  claim(lanes: readonly ClaimRequest[], now: number): Promise<Claimed[]>
  /**
   * Records attempts and what follows from them.
   *
   * After its lease has passed to another, a claim's attempt is still logged, and a success still
   * counts; anything else is for the new holder to say.
   *
   * @returns what could not be kept as it was. The rest is kept, whatever is the matter with that one.
   */
  settle(settlements: readonly Settlement[]): Promise<SetAside[]>

  /** The log, the newest first. */
  list(filter: DeliveryFilter, page: { limit: number; before?: Cursor | undefined }): Promise<DeliveryList>
  /** One delivery; without `webhook`, the first of its id. */
  get(id: string, webhook?: string): Promise<Delivery | undefined>
  /** Counts one by one, which takes its time, and no further than `most`: charts and totals go by `hours`. */
  count(filter: DeliveryFilter, options?: { most?: number | undefined }): Promise<number>
  /** The attempts of each hour from `since` on, `until` excluded. */
  hours(span: HourSpan): Promise<HourCount[]>
  /**
   * The last attempt at each of these webhooks, by its id, as its newest deliveries tell; none where none of them has been
   * tried. One question for all of them, so that a list of webhooks costs no more than it shows.
   */
  lastAttempts(webhooks: readonly string[]): Promise<Map<string, LastAttempt>>
  /**
   * Makes deliveries due at once, from the schedule's start: settled ones, and those that wait. What is being tried
   * is left alone. In slices, so that other work goes on; returns how many.
   */
  requeue(filter: DeliveryFilter, now: number, options?: BulkOptions): Promise<number>
  /** Gives up what waits, also what is being tried should it fail. In slices; returns how many. */
  cancel(filter: DeliveryFilter, options?: BulkOptions & { reason?: string | undefined }): Promise<number>
  /** Forgets what is old, in slices; returns how many deliveries. */
  prune(options: PruneOptions): Promise<number>

  /** Every webhook's record. */
  webhooks(): Promise<WebhookRecord[]>
  /** Changes whenever a webhook's record does. */
  webhooksRevision(): Promise<number>
  /** The webhooks that have pending deliveries, also those that nobody knows any more. */
  waitingWebhooks(): Promise<string[]>
  /** Changes one webhook's record (at first its id alone) in a transaction; returns what is kept. */
  changeWebhook(id: string, change: (record: WebhookRecord) => WebhookRecord): Promise<WebhookRecord>
  /** Forgets a webhook's record; what is still queued for it counts as failed, and its log stays. */
  removeWebhook(id: string): Promise<void>

  /** Reads a value of the caller's own bookkeeping. */
  read(key: string): Promise<Json | undefined>
  /** Changes a value and queues deliveries, in one transaction; `false` when `once` was seen before. */
  apply(change: StoredChange): Promise<boolean>
  /**
   * Erases a user: the value under `user:` and their id, and what their messages said. What waits is not sent. The
   * log keeps that something was sent, not what it said or about which user. Returns how many deliveries were cleared.
   */
  forget(userId: string): Promise<number>

  /** What the console keeps. */
  readonly console: ConsoleStore

  /** Ends what it has open; what was promised is kept. */
  close(): Promise<void>
}
