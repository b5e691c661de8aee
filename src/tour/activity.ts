import type { ActivityDelivery } from '../delivery/outbox.ts'
import type { Server } from '../delivery/request.ts'
import type { KeyValueStorage } from '../delivery/storage.ts'
import { createMessageId } from '../message/message.ts'
import type { ActivityEvent } from '../schema/activity.ts'
import type { TagStore } from './tags.ts'
import { userIdOf } from './trigger.ts'

export interface ReporterOptions {
  server: Server
  tags: TagStore
  storage: KeyValueStorage
  dispatch(delivery: ActivityDelivery): void
}

/** Tells the companion what the visitor does; it derives the server's events from it. */
export interface Reporter {
  report(...events: ActivityEvent[]): void
  /** Reports the tags, if they are others than this visit's last. */
  reportTags(): void
}

const key = 'tourhook:tags'

export function createReporter({ server, tags, storage, dispatch }: ReporterOptions): Reporter {
  function report(...events: ActivityEvent[]): void {
    const all = tags.all()
    const managedTags = tags.managed()
    storage.set(key, JSON.stringify(all))
    dispatch({
      webhook: null,
      message: {
        id: createMessageId(),
        timestamp: new Date().toISOString(),
        userId: userIdOf(all),
        ...(server.userHash && { userHash: server.userHash }),
        tags: Object.fromEntries(Object.entries(all).filter(([name]) => !(name in managedTags))),
        managedTags,
        events,
      },
    })
  }

  return {
    report,
    reportTags() {
      if (JSON.stringify(tags.all()) !== (storage.get(key) ?? '{}')) report()
    },
  }
}
