import type { JsonStorage } from '../delivery/storage.ts'
import type { ActivityEvent } from '../schema/activity.ts'
import type { Config } from '../schema/config.ts'
import type { Run, RunEvents } from './run.ts'
import type { TagStore } from './tag-store.ts'

/** What start conditions, checklists and banners need of a Tourhook. */
export interface TourhookLike {
  readonly config: Config
  /** What outlives the page; without consent, it keeps nothing. */
  readonly storage: JsonStorage
  readonly tags: Pick<TagStore, 'get'>
  start(tour: string): unknown
  /** The runs under way. */
  runs(): readonly Run[]
  /** Reports to the companion what the visitor did. */
  report(event: ActivityEvent): void
  /** Announces an error. */
  reportError(error: unknown): void
  on<Name extends keyof RunEvents>(name: Name, listener: (event: RunEvents[Name]) => void): () => void
}
