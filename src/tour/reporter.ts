import type { ActivityDelivery } from '../delivery/outbox.ts'
import type { CompanionConnection } from '../delivery/request.ts'
import type { JsonStorage } from '../delivery/storage.ts'
import { createMessageId } from '../message/message.ts'
import type { ActivityEvent } from '../schema/activity.ts'
import { limitTags } from '../values/limit-tags.ts'
import type { TagStore } from './tag-store.ts'
import { userIdOf } from './trigger.ts'

export interface ReporterOptions {
  companion: CompanionConnection
  tags: TagStore
  storage: JsonStorage
  dispatch(delivery: ActivityDelivery): void
}

/** Reports to the companion what the visitor does; it derives the server's events from it. */
export interface Reporter {
  report(...events: ActivityEvent[]): void
  /** Reports the tags, if they are others than this visit's last. */
  reportTags(): void
}

export function createReporter({ companion, tags, storage, dispatch }: ReporterOptions): Reporter {
  function report(...events: ActivityEvent[]): void {
    if (!companion.server) return
    const all = tags.get()
    storage.set('tags', all)
    dispatch({
      webhook: null,
      message: {
        id: createMessageId(),
        timestamp: new Date().toISOString(),
        userId: userIdOf(all),
        userHash: companion.userHash,
        tags: limitTags(all),
        managedTags: limitTags(tags.managed()),
        events,
      },
    })
  }

  return {
    report,
    reportTags() {
      if (JSON.stringify(tags.get()) !== JSON.stringify(storage.get('tags') ?? {})) report()
    },
  }
}
