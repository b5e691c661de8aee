import type { DocumentChange } from '../schema/admin/document-state.ts'
import type { PublishedVersion, PublishedVersionDetail } from '../schema/admin/published-version.ts'
import { ask, counted, pathOf } from './admin-path.ts'
import type { AdminRequest } from './admin-request.ts'

/** What was published, each time as a whole. */
export interface AdminVersions {
  /** All that are kept, the newest first: pages are fetched as they are needed. */
  list(): AsyncIterableIterator<PublishedVersion>
  /** @throws {NotFoundError} (rejects) when it is not kept. */
  get(number: number): Promise<PublishedVersionDetail>
  /**
   * Publishes drafts as the next version: those of `items`, such as `tours/welcome`, or all.
   *
   * @throws {InvalidError} (rejects) when the result would not work; nothing is published then.
   */
  publish(options?: { items?: readonly string[]; note?: string }): Promise<PublishedVersion>
  /** Publishes a version once more, as the next. */
  publishAgain(number: number): Promise<PublishedVersion>
  /** Makes the drafts those of a version; returns what differs from what is published. */
  bringBack(number: number): Promise<DocumentChange[]>
}

export function versionsOf(request: AdminRequest): AdminVersions {
  const post = { method: 'POST' } as const

  function at(number: number, ...more: string[]): string {
    return pathOf('versions', String(number), ...more)
  }

  return {
    list: () => counted(request, { path: 'versions', name: 'versions' }),
    get: number => ask(request, at(number)),
    publish: (options = {}) => ask(request, 'versions', { ...post, json: options }),
    publishAgain: number => ask(request, at(number, 'publish'), post),
    async bringBack(number) {
      return (await ask<{ changes: DocumentChange[] }>(request, at(number, 'bring-back'), post)).changes
    },
  }
}
