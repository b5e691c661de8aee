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

/** Starts the upkeep of an emitter. */
export function startMaintenance({
  store,
  registry,
  clock,
  retentionDays,
  wake,
  onError,
}: {
  store: Store
  registry: Registry
  clock: Clock
  retentionDays: number
  wake: () => void
  onError: (error: Error) => void
}): Maintenance {
  const every = (ms: number, task: () => Promise<unknown>) => {
    const run = () => {
      task().catch(error => onError(toError(error)))
      stop = clock.after(ms, run)
    }
    let stop = clock.after(ms, run)
    return () => stop()
  }

  let loaded: Promise<void> | undefined
  const ready = () => {
    loaded ??= registry.load().catch(error => {
      loaded = undefined
      throw error
    })
    return loaded
  }

  const prune = async () => {
    // Else a webhook of the store's would count as one that is there no more.
    await ready()
    const active = registry.all().flatMap(({ id, disabled }) => (disabled ? [] : id))
    return store.prune({ before: clock.now() - retentionDays * dayMs, active })
  }

  ready().then(() => wake(), onError)
  const stops = [every(reloadMs, registry.load), every(pruneMs, prune)]
  return {
    ready,
    stop() {
      for (const stop of stops) stop()
    },
  }
}
