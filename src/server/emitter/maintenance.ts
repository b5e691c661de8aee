import type { Clock } from '../clock.ts'
import type { Store } from '../stores/store.ts'
import { toError } from '../to-error.ts'
import type { Registry } from '../webhooks/registry.ts'

const reloadMs = 5000
const pruneMs = 60 * 60 * 1000
const dayMs = 24 * 60 * 60 * 1000

/** What goes on beside the sending: learning what other processes changed, and forgetting what is old. */
export interface Maintenance {
  /** Resolves once the store's webhooks are known; rejects when they can't be read. */
  ready(): Promise<void>
  stop(): void
}

export interface MaintenanceOptions {
  store: Pick<Store, 'prune' | 'waitingWebhooks'>
  registry: Pick<Registry, 'load' | 'all' | 'get'>
  clock: Clock
  retentionDays: number
  /** Has the worker look for what is due. */
  wake: () => void
  onWarning: (warning: { webhook: string; message: string }) => void
  onError: (error: Error) => void
}

/** Starts the upkeep of an emitter. */
export function startMaintenance({
  store,
  registry,
  clock,
  retentionDays,
  wake,
  onWarning,
  onError,
}: MaintenanceOptions): Maintenance {
  const warned = new Set<string>()
  let loaded: Promise<void> | undefined

  function every(ms: number, task: () => Promise<unknown>): () => void {
    function run() {
      task().catch(error => onError(toError(error)))
      stop = clock.after(ms, run)
    }
    let stop = clock.after(ms, run)
    return () => stop()
  }

  function ready(): Promise<void> {
    loaded ??= registry.load().catch(error => {
      loaded = undefined
      throw error
    })
    return loaded
  }

  async function prune(): Promise<void> {
    // Else a webhook of the store's would count as one that is there no more.
    await ready()
    const active = registry.all().flatMap(({ id, disabled }) => (disabled ? [] : id))
    await store.prune({ before: clock.now() - retentionDays * dayMs, active })
    await warnOfOrphans()
  }

  /** Says once of each webhook that is gone that something still waits for it: it may only be missing from the config. */
  async function warnOfOrphans(): Promise<void> {
    for (const webhook of await store.waitingWebhooks()) {
      if (warned.has(webhook) || registry.get(webhook)) continue
      warned.add(webhook)
      const message = `Deliveries wait for the webhook "${webhook}", which is there no more: bring it back, cancel them, or they are forgotten after ${retentionDays} days`
      onWarning({ webhook, message })
    }
  }

  ready()
    .then(wake)
    .then(warnOfOrphans)
    .catch(error => onError(toError(error)))
  const stops = [every(reloadMs, registry.load), every(pruneMs, prune)]
  return {
    ready,
    stop() {
      for (const stop of stops) stop()
    },
  }
}
