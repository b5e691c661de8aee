import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../../../schema/config.ts'
import type { Json } from '../../../values/json.ts'
import type { ConsoleDocument, DocumentKind } from '../../stores/console-store.ts'
import { type ConsoleConfig, itemsOf } from './published-config.ts'

/** How a content stands: in the config file, published as it is, published otherwise, not yet, or about to go. */
export type ContentState = 'file' | 'live' | 'changed' | 'draft' | 'removed'

/** One tour, checklist, banner or segment as the console shows it. */
export interface ContentItem {
  kind: DocumentKind
  id: string
  state: ContentState
  /** What will be published; `null` when it will be removed. */
  draft: Json
  published: Json | undefined
  /** 0 before the first save. */
  rev: number
  by?: string | undefined
  at?: number | undefined
}

/** One content from where it may stand: the config file, what is published, a document; `undefined` when in none. */
export function contentItem(
  { kind, id, document }: { kind: DocumentKind; id: string; document: ConsoleDocument | undefined },
  { file, live }: { file: Config; live: ConsoleConfig },
): ContentItem | undefined {
  const inFile = itemsOf(file, kind).find(item => item.id === id)
  if (inFile) return { kind, id, state: 'file', draft: inFile, published: inFile, rev: 0 }
  const current = itemsOf(live, kind).find(item => item.id === id)
  if (!document) {
    return current && { kind, id, state: 'live', draft: current, published: current, rev: 0 }
  }
  const { draft, rev, by, at } = document
  const isLive = isDeepStrictEqual(draft, current ?? null)
  const state = isLive ? 'live' : draft === null ? 'removed' : current ? 'changed' : 'draft'
  return isLive && !current ? undefined : { kind, id, state, draft, published: current, rev, by, at }
}

/** What a content is called. */
export function nameOfItem({ id, draft, published }: Pick<ContentItem, 'id' | 'draft' | 'published'>): string {
  const content = draft ?? published
  const name: unknown =
    typeof content === 'object' && content !== null
      ? (Reflect.get(content, 'name') ?? Reflect.get(content, 'title'))
      : undefined
  return typeof name === 'string' && name !== '' ? name : id
}
