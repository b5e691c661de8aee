import type { KeyObject } from 'node:crypto'
import type { Webhook } from '../../schema/webhook.ts'
import type { Clock } from '../clock.ts'
import type { Store, WebhookRecord } from '../stores/store.ts'
import { type CallableWebhook, isCallable, parseCallable } from './callable.ts'
import { endpointMark } from './endpoint.ts'
import { keyOf } from './signature.ts'
import { createSubscriptions, type Subject } from './subscriptions.ts'

/** A webhook as it stands: what it says, where from, and what has become of it. */
export interface Registered extends WebhookRecord {
  webhook: CallableWebhook
  source: 'config' | 'runtime'
  /** The secrets, and the config's where there are none. */
  signers: { secret: string; until?: number | undefined }[]
}

/** The webhooks that an emitter knows: a copy of what config and store say, for every emit to read. */
export interface Registry {
  /** Whether the store has been read; before, a disabled webhook looks like any other. */
  isLoaded(): boolean
  all(): Registered[]
  get(id: string): Registered | undefined
  /** @throws {TypeError} when there is no such webhook. */
  find(id: string): Registered
  /** The webhooks that are sent at an event. */
  subscribersOf(subject: Subject): CallableWebhook[]
  /** The secrets that sign now, the newest first. */
  secretsOf(registered: Registered): string[]
  /** The same, as keys. */
  keysOf(registered: Registered): KeyObject[]
  /** Takes over the config's webhooks as they are now. @throws {ConfigError} (rejects) when one is unfit; nothing changes. */
  configure(webhooks: readonly Webhook[]): Promise<void>
  /** Reads what the store says, also what other processes have changed. */
  load(): Promise<void>
  /** Changes what the store says of a webhook; the copy changes at once. */
  change(id: string, change: (record: WebhookRecord) => WebhookRecord): Promise<Registered>
  remove(id: string): Promise<void>
}

export interface RegistryOptions {
  /** The config's. */
  webhooks: readonly Webhook[]
  store: Pick<Store, 'webhooks' | 'webhooksRevision' | 'changeWebhook' | 'removeWebhook'>
  clock: Pick<Clock, 'now'>
}

/**
 * The registry of an emitter. A change costs what one webhook costs, however many there are.
 *
 * @throws {ConfigError} when a webhook of the config is unfit to be called.
 */
export function createRegistry({ webhooks, store, clock }: RegistryOptions): Registry {
  let fromConfig = byId(parseCallable(webhooks))
  const known = new Map<string, Registered>()
  const subscriptions = createSubscriptions<CallableWebhook>()
  /** What the store said last, as it said it, so that what has not changed costs nothing. */
  const stored = new Map<string, string>()
  const keys = new Map<string, KeyObject>()
  let loaded = false
  let revision: number | undefined

  for (const id of fromConfig.keys()) put(id, { id })

  /** Takes over what the store says of one webhook; `undefined` when it says nothing. */
  function put(id: string, record: WebhookRecord | undefined): void {
    const before = known.get(id)
    const after = registeredOf(id, record)
    if (before) subscriptions.remove(before.webhook)
    if (after) subscriptions.put(after.webhook)
    if (after) known.set(id, after)
    else known.delete(id)
  }
  function registeredOf(id: string, record: WebhookRecord = { id }): Registered | undefined {
    const { secrets, webhook: runtime, ...rest } = record
    const configured = fromConfig.get(id)
    const webhook = configured ?? runtime
    if (!isCallable(webhook)) return undefined
    const own = configured?.secret === undefined ? [] : [{ secret: configured.secret }]
    const signers = secrets ?? own
    return { ...rest, ...(secrets && { secrets }), webhook, source: configured ? 'config' : 'runtime', signers }
  }
  function signing({ signers }: Registered): Registered['signers'] {
    return signers.filter(({ until = Number.POSITIVE_INFINITY }) => until > clock.now())
  }
  /** A secret's key, made when it is first needed: a thousand webhooks that wait for an event need none. */
  function keyFor(secret: string): KeyObject {
    const key = keys.get(secret) ?? keyOf(secret)
    keys.set(secret, key)
    return key
  }
  function find(id: string): Registered {
    const found = known.get(id)
    if (!found) throw new TypeError(`There is no webhook "${id}"`)
    return found
  }
  async function load(): Promise<void> {
    const latest = await store.webhooksRevision()
    if (latest === revision) return
    const records = await store.webhooks()
    const ids = new Set(records.map(({ id }) => id))
    for (const record of records) {
      const text = JSON.stringify(record)
      if (stored.get(record.id) === text) continue
      stored.set(record.id, text)
      put(record.id, record)
    }
    for (const id of stored.keys()) {
      if (ids.has(id)) continue
      stored.delete(id)
      put(id, undefined)
    }
    revision = latest
    loaded = true
    await enableMoved()
  }
  async function configure(webhooks: readonly Webhook[]): Promise<void> {
    const before = fromConfig
    fromConfig = byId(parseCallable(webhooks))
    for (const id of new Set([...before.keys(), ...fromConfig.keys()])) {
      const text = stored.get(id)
      put(id, text === undefined ? undefined : (JSON.parse(text) as WebhookRecord))
    }
    await enableMoved()
  }
  async function enableMoved(): Promise<void> {
    await Promise.all([...known.values()].filter(hasMoved).map(({ id }) => change(id, enabled)))
  }
  async function change(id: string, how: (record: WebhookRecord) => WebhookRecord): Promise<Registered> {
    put(id, how(recordOf(id)))
    const kept = await store.changeWebhook(id, how)
    stored.set(id, JSON.stringify(kept))
    put(id, kept)
    return find(id)
  }
  function recordOf(id: string): WebhookRecord {
    const found = known.get(id)
    if (!found) return { id }
    const { webhook, source, signers: _, ...record } = found
    return source === 'runtime' ? { ...record, webhook } : record
  }

  return {
    isLoaded: () => loaded,
    all: () => [...known.values()],
    get: id => known.get(id),
    find,
    subscribersOf: subscriptions.find,
    secretsOf: registered => signing(registered).map(({ secret }) => secret),
    keysOf: registered => signing(registered).map(({ secret }) => keyFor(secret)),
    configure,
    load,
    change,
    async remove(id) {
      stored.delete(id)
      put(id, undefined)
      await store.removeWebhook(id)
    },
  }
}

function byId(webhooks: readonly CallableWebhook[]): Map<string, CallableWebhook> {
  return new Map(webhooks.map(webhook => [webhook.id, webhook]))
}

/** A record of a webhook that is called again, from a clean slate. */
export function enabled({
  disabled: _,
  failingSince: __,
  failures: ___,
  isFailing: ____,
  ...record
}: WebhookRecord): WebhookRecord {
  return record
}

/** Whether the address that answered 410, or only failed, is another one today: the new one has done no wrong. */
function hasMoved({ webhook, disabled }: Registered): boolean {
  if (!disabled || disabled.reason === 'manual' || disabled.endpoint === undefined) return false
  return disabled.endpoint !== endpointMark(webhook)
}
