import type { KeyValueStorage } from '../delivery/storage.ts'
import type { Json } from '../message/value.ts'

/** Where a visitor is in a tour; outlives the page. */
export interface Progress {
  tour: string
  /** The step's index, from 0. */
  index: number
  answers: Record<string, Json>
  /** The triggers that have fired. */
  fired: string[]
  /** ISO 8601. */
  startedAt: string
}

/** The runs under way in this tab. */
export interface ProgressStore {
  save(progress: Progress): void
  load(tour: string): Progress | undefined
  remove(tour: string): void
  /** The ids of the tours under way. */
  tours(): string[]
}

const prefix = 'tourhook:run:'

export function createProgressStore(storage: KeyValueStorage): ProgressStore {
  return {
    save: progress => storage.set(prefix + progress.tour, JSON.stringify(progress)),
    load(tour) {
      try {
        const progress: Progress | null = JSON.parse(storage.get(prefix + tour) ?? 'null')
        return progress && Array.isArray(progress.fired) ? progress : undefined
      } catch {
        // Written by something else: the tour begins anew.
        return undefined
      }
    },
    remove: tour => storage.remove(prefix + tour),
    tours: () => storage.keys(prefix).map(key => key.slice(prefix.length)),
  }
}
