import type {
  ContentKind,
  DocumentChange,
  DocumentDetail,
  DocumentState,
} from '../schema/admin/document-state.ts'
import type { SampleMessage } from '../schema/admin/sample-message.ts'
import type { Json } from '../values/json.ts'
import { ask, pathOf } from './admin-path.ts'
import type { AdminRequest } from './admin-request.ts'

/** A tour, checklist, banner or segment as it is drafted: whatever somebody has written so far. */
export interface DraftContent {
  [key: string]: Json
}

/** The tours, checklists, banners and segments of a companion, as drafts until they are published. */
export interface AdminDocuments {
  /** All, or those of one kind. */
  list(kind?: ContentKind): Promise<DocumentState[]>
  /** @throws {NotFoundError} (rejects) when there is none. */
  get(kind: ContentKind, id: string): Promise<DocumentDetail>
  /** Makes a draft; without an `id` it gets one from its `name`. @throws {ConflictError} (rejects) when the id is taken. */
  create(kind: ContentKind, draft: DraftContent): Promise<DocumentDetail>
  /**
   * Saves a draft, merged with what others have saved since `rev`.
   *
   * @throws {ClashError} (rejects) when both have changed the same; nothing is kept then. A {@link ConflictError} when
   * it stands in the config file.
   */
  save(kind: ContentKind, id: string, change: { rev: number; draft: DraftContent }): Promise<DocumentDetail>
  /** The exact messages that it would send, with example values: its triggers' and its events'. */
  messages(kind: ContentKind, id: string): Promise<SampleMessage[]>
  /** Has one removed at the next publishing; one that was never published is gone at once: then `undefined`. */
  remove(kind: ContentKind, id: string): Promise<DocumentDetail | undefined>
  /** Forgets its draft; `undefined` when nothing is published of it. */
  discard(kind: ContentKind, id: string): Promise<DocumentDetail | undefined>
  /** Makes a draft like it under another id. */
  copy(kind: ContentKind, id: string): Promise<DocumentDetail>
  /** The drafts that are not published as they are, place by place. */
  changes(): Promise<DocumentChange[]>
}

export function documentsOf(request: AdminRequest): AdminDocuments {
  function at(kind: ContentKind, id: string, ...more: string[]): string {
    return pathOf('documents', kind, id, ...more)
  }

  return {
    async list(kind) {
      const path = kind === undefined ? 'documents' : pathOf('documents', kind)
      return (await ask<{ documents: DocumentState[] }>(request, path)).documents
    },
    get: (kind, id) => ask(request, at(kind, id)),
    create: (kind, draft) => ask(request, pathOf('documents', kind), { method: 'POST', json: draft }),
    save: (kind, id, change) => ask(request, at(kind, id), { method: 'PUT', json: change }),
    messages: async (kind, id) =>
      (await ask<{ messages: SampleMessage[] }>(request, at(kind, id, 'messages'))).messages,
    remove: (kind, id) => ask(request, at(kind, id), { method: 'DELETE' }),
    discard: (kind, id) => ask(request, at(kind, id, 'discard'), { method: 'POST' }),
    copy: (kind, id) => ask(request, at(kind, id, 'copy'), { method: 'POST' }),
    changes: async () => (await ask<{ changes: DocumentChange[] }>(request, 'changes')).changes,
  }
}
