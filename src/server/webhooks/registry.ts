import type { KeyObject } from 'node:crypto'
import { parseConfig } from '../../schema/config.ts'
import { ConfigError } from '../../schema/problems/config-error.ts'
import type { Webhook } from '../../schema/webhook.ts'
import type { Store, WebhookRecord } from '../stores/store.ts'
import type { Endpoint } from './endpoint.ts'
import { keyOf } from './signature.ts'

/** A webhook as it stands: what it says, where from, and what has become of it. */
export interface Registered extends WebhookRecord {
  webhook: Endpoint['webhook']
  source: 'config' | 'runtime'
  /** The secrets, and the config's where there are none, as keys. */
  signers: { secret: string; key: KeyObject; until?: number }[]
}

/** The webhooks that an emitter knows: a copy of what config and store say, for every emit to read. */
export interface Registry {
  /** Whether the store has been read; before, a disabled webhook looks like any other. */
  isLoaded(): boolean
  all(): Registered[]
  get(id: string): Registered | undefined
  /** @throws {TypeError} when there is no such webhook. */
  find(id: string): Registered
  /** The secrets that sign now, the newest first. */
  secretsOf(registered: Registered): string[]
  /** The same, as keys. */
  keysOf(registered: Registered): KeyObject[]
  /** Reads what the store says, also what other processes have changed. */
  load(): Promise<void>
  /** Changes what the store says of a webhook; the copy changes at once. */
  change(id: string, change: (record: WebhookRecord) => WebhookRecord): Promise<Registered>
  remove(id: string): Promise<void>
}

/**
 * Makes the registry.
 *
 * @throws {ConfigError} when a webhook of the config is unfit to be called.
 */
export function createRegistry({
  webhooks,
  store,
  now,
}: {
  webhooks: readonly Webhook[]
  store: Store
  now: () => number
}): Registry {
  const fromConfig = parseCallable(webhooks)
  const records = new Map<string, WebhookRecord>()
  const known = new Map<string, Registered>()
  let loaded = false

  const refresh = () => {
    known.clear()
    for (const webhook of fromConfig) {
      const record = records.get(webhook.id) ?? { id: webhook.id }
      const configured = webhook.secret === undefined ? [] : [{ secret: webhook.secret }]
      known.set(record.id, {
        ...record,
        webhook,
        source: 'config',
        signers: signersOf(record.secrets ?? configured),
      })
    }
    for (const { webhook, ...record } of records.values()) {
      if (known.has(record.id) || !isCallable(webhook)) continue
      known.set(record.id, { ...record, webhook, source: 'runtime', signers: signersOf(record.secrets ?? []) })
    }
  }
  const signing = ({ signers }: Registered) =>
    signers.filter(({ until = Number.POSITIVE_INFINITY }) => until > now())
  refresh()

  const find = (id: string): Registered => {
    const found = known.get(id)
    if (!found) throw new TypeError(`There is no webhook "${id}"`)
    return found
  }

  return {
    isLoaded: () => loaded,
    all: () => [...known.values()],
    get: id => known.get(id),
    find,
    secretsOf: registered => signing(registered).map(({ secret }) => secret),
    keysOf: registered => signing(registered).map(({ key }) => key),
    async load() {
      const stored = await store.webhooks()
      records.clear()
      for (const record of stored) records.set(record.id, record)
      loaded = true
      refresh()
    },
    async change(id, change) {
      records.set(id, change(records.get(id) ?? { id }))
      refresh()
      records.set(id, await store.changeWebhook(id, change))
      refresh()
      return find(id)
    },
    async remove(id) {
      records.delete(id)
      refresh()
      await store.removeWebhook(id)
    },
  }
}

/**
 * Checks webhooks that a server shall call.
 *
 * @throws {ConfigError} lists every problem.
 */
export function parseCallable(webhooks: readonly Webhook[]): Endpoint['webhook'][] {
  const parsed = parseConfig({ webhooks }).webhooks ?? []
  const problems = parsed.flatMap(({ url }, index) =>
    url === undefined ? { path: `webhooks[${index}].url`, message: 'is missing; the server needs it' } : [],
  )
  if (problems.length > 0) throw new ConfigError(problems)
  return parsed.filter(isCallable)
}

function signersOf(secrets: readonly { secret: string; until?: number }[]): Registered['signers'] {
  return secrets.map(one => ({ ...one, key: keyOf(one.secret) }))
}

function isCallable(webhook: Webhook | undefined): webhook is Endpoint['webhook'] {
  return webhook?.url !== undefined
}
