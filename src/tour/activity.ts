import type { ActivityDelivery } from '../delivery/outbox.ts'
import type { Companion } from '../delivery/request.ts'
import type { JsonStorage } from '../delivery/storage.ts'
import { createMessageId } from '../message/message.ts'
import { mapValues, type Tags } from '../message/value.ts'
import type { ActivityEvent } from '../schema/activity.ts'
import type { TagStore } from './tags.ts'
import { userIdOf } from './trigger.ts'

export interface ReporterOptions {
  companion: Companion
  tags: TagStore
  storage: JsonStorage
  dispatch(delivery: ActivityDelivery): void
}

/** Tells the companion what the visitor does; it derives the server's events from it. */
export interface Reporter {
  report(...events: ActivityEvent[]): void
  /** Reports the tags, if they are others than this visit's last. */
  reportTags(): void
}

export function createReporter({ companion, tags, storage, dispatch }: ReporterOptions): Reporter {
  function report(...events: ActivityEvent[]): void {
    const all = tags.get()
    storage.set('tags', all)
    dispatch({
      webhook: null,
      message: {
        id: createMessageId(),
        timestamp: new Date().toISOString(),
        userId: userIdOf(all),
        userHash: companion.userHash,
        tags: modest(all),
        managedTags: modest(tags.managed()),
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

/** As much as the companion takes, which refuses an activity with more: 200 tags, names of 200 characters. */
function modest(tags: Tags): Tags {
  const fitting = Object.entries(tags).filter(([name]) => name.length <= 200)
  return mapValues(Object.fromEntries(fitting.slice(0, 200)), value =>
    typeof value === 'string' ? value.slice(0, 1_000) : value,
  )
}
