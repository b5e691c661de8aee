import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../../../schema/config.ts'
import type { Json } from '../../../values/json.ts'
import type { Clock } from '../../clock.ts'
import {
  type ConsoleDocument,
  type ConsoleStore,
  type DocumentKind,
  keptDrafts,
} from '../../stores/console-store.ts'
import { type ContentItem, contentItem } from './content-item.ts'
import { type Clash, mergeDrafts } from './merge-drafts.ts'
import { itemsOf, type Published } from './published-config.ts'

/** What came of a save: the document as it is kept, or, with clashes, as it was found. */
export interface SavedDraft {
  item: ContentItem
  clashes: Clash[]
  /** All that was to be saved and did not clash, with theirs where it did; only with clashes. */
  merged?: Json | undefined
}

export interface DraftChange {
  kind: DocumentKind
  id: string
  draft: Json
  /** That of the draft on which the change was made. */
  rev: number
  by: string
}

/** What people write, before they publish it. */
export interface Drafts {
  /** The draft that a form began from; `undefined` when it is too old to be kept. */
  draftAt(kind: DocumentKind, id: string, rev: number): Promise<Json | undefined>
  /** Keeps a draft, merged with what others have saved since `rev`; with clashes, nothing is kept. */
  save(change: DraftChange): Promise<SavedDraft>
  /** Puts a draft in the place of whatever there is. */
  put(change: Omit<DraftChange, 'rev'>): Promise<void>
  /** Forgets a draft: what is published stands again. */
  discard(kind: DocumentKind, id: string): Promise<void>
}

export interface DraftsOptions {
  file: () => Config
  store: Pick<ConsoleStore, 'document' | 'changeDocument'>
  published: Pick<Published, 'newest'>
  clock: Pick<Clock, 'now'>
}

export function createDrafts({ file, store, published, clock }: DraftsOptions): Drafts {
  return {
    async draftAt(kind, id, rev) {
      const document = await store.document(kind, id)
      if (document && document.rev !== rev) return earlierDraft(document, rev)
      return document?.draft ?? itemsOf(await published.newest(), kind).find(item => item.id === id)
    },
    async save({ kind, id, draft, rev, by }) {
      const live = await published.newest()
      if (itemsOf(file(), kind).some(item => item.id === id))
        throw new TypeError(`"${id}" is in the config file`)
      const current = itemsOf(live, kind).find(item => item.id === id) ?? null
      let clashes: Clash[] = []
      let merged: Json | undefined
      const kept = await store.changeDocument(kind, id, before => {
        const theirs = before?.draft ?? current
        const base = rev === (before?.rev ?? 0) ? theirs : earlierDraft(before, rev)
        const result = mergeDrafts(base, draft, theirs)
        clashes = result.clashes
        merged = result.draft
        if (clashes.length > 0 || isDeepStrictEqual(result.draft, theirs)) return before
        return nextOf(before ?? firstOf(kind, id, current), {
          kind,
          id,
          draft: merged ?? null,
          by,
          at: clock.now(),
        })
      })
      const item = contentItem({ kind, id, document: kept }, { file: file(), live }) ?? gone(kind, id)
      return clashes.length > 0 ? { item, clashes, merged } : { item, clashes }
    },
    async put({ kind, id, draft, by }) {
      await store.changeDocument(kind, id, before => nextOf(before, { kind, id, draft, by, at: clock.now() }))
    },
    async discard(kind, id) {
      await store.changeDocument(kind, id, () => undefined)
    },
  }
}

/** The document after a save: the draft that was stays among the earlier ones. */
function nextOf(
  before: ConsoleDocument | undefined,
  next: Omit<ConsoleDocument, 'rev' | 'earlier'>,
): ConsoleDocument {
  if (!before) return { ...next, rev: 1, earlier: [{ rev: 0, draft: null }] }
  const earlier = [{ rev: before.rev, draft: before.draft }, ...before.earlier].slice(0, keptDrafts)
  return { ...next, rev: before.rev + 1, earlier }
}

function firstOf(kind: DocumentKind, id: string, draft: Json): ConsoleDocument | undefined {
  return draft === null ? undefined : { kind, id, draft, rev: 0, by: '', at: 0, earlier: [] }
}

function earlierDraft(document: ConsoleDocument | undefined, rev: number): Json | undefined {
  return document?.earlier.find(earlier => earlier.rev === rev)?.draft
}

function gone(kind: DocumentKind, id: string): ContentItem {
  return { kind, id, state: 'draft', draft: null, published: undefined, rev: 0 }
}
