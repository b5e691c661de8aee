import type { JsonStorage } from '../delivery/storage.ts'
import type { ActivityEvent } from '../schema/activity.ts'
import type { Config } from '../schema/config.ts'
import type { Run, RunEvents } from './run.ts'
import type { TagStore } from './tag-store.ts'

/** What start conditions, checklists and banners need of a Tourhook. */
export interface TourhookLike {
  /** The config that it was made with. */
  readonly config: Config
  /** What outlives the page; without consent, it keeps nothing. */
  readonly storage: JsonStorage
  /** The visitor's tags. */
  readonly tags: Pick<TagStore, 'get'>
  /** Starts a tour by its id. */
  start(tour: string): unknown
  /** The runs under way. */
  runs(): readonly Run[]
  /** Reports to the companion what the visitor did. */
  report(event: ActivityEvent): void
  /** Announces an error. */
  reportError(error: unknown): void
  /** Subscribes to an event of a run; returns the undo. */
  on<Name extends keyof RunEvents>(name: Name, listener: (event: RunEvents[Name]) => void): () => void
}
