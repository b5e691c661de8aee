import { isDeepStrictEqual } from 'node:util'
import { type Config, parseConfig } from '../../../schema/config.ts'
import { ConfigError, type Problem } from '../../../schema/problems/config-error.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'
import {
  type ConsoleDocument,
  type ConsoleStore,
  type ConsoleVersion,
  type DocumentKind,
  keptDrafts,
} from '../../stores/console-store.ts'
import { type Clash, mergeDrafts } from './merge-drafts.ts'
import { type ConsoleConfig, createPublished, documentKinds, itemsOf, withFile } from './published-config.ts'

/** How a content stands: in the config file, published as it is, published otherwise, not yet, or about to go. */
export type ContentState = 'file' | 'live' | 'changed' | 'draft' | 'removed'

/** One tour, checklist, banner or segment as the console shows it. */
export interface ContentItem {
  kind: DocumentKind
  id: string
  state: ContentState
  /** As it shall be published; `null` when it shall be removed. */
  draft: Json
  published: Json | undefined
  /** 0 before the first save. */
  rev: number
  by?: string | undefined
  at?: number | undefined
}

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

/** The console's content: the config file's, which wins, and what people write, as drafts until they publish. */
export interface ConsoleContent {
  /** What pages and events go by: the config file and the newest version, at most a second old. */
  config(): Promise<Config>
  list(kind: DocumentKind): Promise<ContentItem[]>
  get(kind: DocumentKind, id: string): Promise<ContentItem | undefined>
  /** The draft that a form began from; `undefined` when it is too old to be kept. */
  draftAt(kind: DocumentKind, id: string, rev: number): Promise<Json | undefined>
  /** What keeps a draft from being published; its paths begin in the draft. */
  problems(kind: DocumentKind, draft: Json): Promise<Problem[]>
  /** Keeps a draft, merged with what others have saved since `rev`; with clashes, nothing is kept. */
  save(change: DraftChange): Promise<SavedDraft>
  /** Forgets a draft: what is published stands again. */
  discard(kind: DocumentKind, id: string): Promise<void>
  /** Everything that is not published as it is. */
  changes(): Promise<ContentItem[]>
  /**
   * Publishes drafts as the next version.
   *
   * @throws {ConfigError} (rejects) lists what is wrong with the result.
   */
  publish(options: {
    items: readonly { kind: DocumentKind; id: string }[]
    by: string
    note: string
  }): Promise<ConsoleVersion>
  /** Publishes a version's content once more, as the next version. */
  publishAgain(number: number, by: string): Promise<ConsoleVersion>
  /** Makes a version's content the drafts. */
  bringBack(number: number, by: string): Promise<void>
  versions: ConsoleStore['versions']
  version: ConsoleStore['version']
}

export interface ConsoleContentOptions {
  /** The config file's, as it is now: the same object until it changes. */
  file: () => Config
  store: ConsoleStore
  /** The webhooks that exist, which tours may name. */
  webhooks: () => Promise<readonly Pick<Webhook, 'id'>[]>
  now: () => number
}

/** Makes the content. */
export function createConsoleContent({ file, store, webhooks, now }: ConsoleContentOptions): ConsoleContent {
  const published = createPublished({ store, now })

  function itemOf(
    kind: DocumentKind,
    id: string,
    document: ConsoleDocument | undefined,
    live: ConsoleConfig,
  ): ContentItem | undefined {
    const inFile = itemsOf(file(), kind).find(item => item.id === id)
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

  async function all(): Promise<ContentItem[]> {
    const [documents, live] = await Promise.all([store.documents(), published.newest()])
    return documentKinds.flatMap(kind => {
      const known = new Map(documents.filter(one => one.kind === kind).map(one => [one.id, one]))
      const ids = [...itemsOf(file(), kind), ...itemsOf(live, kind)].map(({ id }) => id)
      return [...new Set([...ids, ...known.keys()])].flatMap(id => itemOf(kind, id, known.get(id), live) ?? [])
    })
  }

  async function get(kind: DocumentKind, id: string): Promise<ContentItem | undefined> {
    return itemOf(kind, id, await store.document(kind, id), await published.newest())
  }

  /** @throws {ConfigError} lists what is wrong. */
  async function check(config: ConsoleConfig): Promise<void> {
    const known = new Set((file().webhooks ?? []).map(({ id }) => id))
    const added = (await webhooks()).filter(({ id }) => !known.has(id))
    const relayed = added.map(({ id }) => ({ id, transport: 'relay' as const }))
    parseConfig({ ...withFile(file(), config), webhooks: [...(file().webhooks ?? []), ...relayed] })
  }

  async function addVersion(
    change: (live: ConsoleConfig) => ConsoleConfig,
    { by, note }: { by: string; note: string },
  ): Promise<ConsoleVersion> {
    for (;;) {
      const number = await store.latestVersion()
      const live = ((await store.version(number))?.config ?? {}) as ConsoleConfig
      const config = change(live)
      await check(config)
      const version = { number: number + 1, at: now(), by, note, config: config as Json }
      if (await store.addVersion(version)) {
        published.forget()
        return version
      }
    }
  }

  async function put(kind: DocumentKind, id: string, draft: Json, by: string): Promise<void> {
    await store.changeDocument(kind, id, before => nextOf(before, { kind, id, draft, by, at: now() }))
  }

  async function versionConfig(number: number): Promise<ConsoleConfig> {
    const version = await store.version(number)
    if (!version) throw new TypeError(`There is no version ${number}`)
    return version.config as ConsoleConfig
  }

  let effective: { base: Config; live: ConsoleConfig; config: Config } | undefined

  return {
    async config() {
      const live = await published.newest()
      // One object until something changes, so that whoever derives from it does so once.
      const base = file()
      if (effective?.live !== live || effective.base !== base) {
        effective = { base, live, config: withFile(base, live) }
      }
      return effective.config
    },
    list: async kind => (await all()).filter(item => item.kind === kind),
    get,
    async draftAt(kind, id, rev) {
      const document = await store.document(kind, id)
      if (document && document.rev !== rev) return draftAt(document, rev)
      return document?.draft ?? itemsOf(await published.newest(), kind).find(item => item.id === id)
    },
    async problems(kind, draft) {
      const others = (await all()).filter(item => item.state !== 'removed')
      const listOf = (of: DocumentKind) => others.filter(item => item.kind === of).map(item => item.draft)
      const id = idOf(draft)
      const rest = others.filter(item => item.kind === kind && item.id !== id).map(item => item.draft)
      const config = {
        tours: listOf('tours'),
        checklists: listOf('checklists'),
        banners: listOf('banners'),
        segments: listOf('segments'),
        webhooks: (await webhooks()).map(webhook => ({ id: webhook.id, transport: 'relay' })),
      }
      return problemsIn({ ...config, [kind]: [draft, ...rest] }, `${kind}[0]`)
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
        const base = rev === (before?.rev ?? 0) ? theirs : draftAt(before, rev)
        const result = mergeDrafts(base, draft, theirs)
        clashes = result.clashes
        merged = result.draft
        if (clashes.length > 0 || isDeepStrictEqual(result.draft, theirs)) return before
        return nextOf(before ?? firstOf(kind, id, current), { kind, id, draft: merged ?? null, by, at: now() })
      })
      const item = itemOf(kind, id, kept, live) ?? {
        kind,
        id,
        state: 'draft',
        draft: null,
        published: undefined,
        rev: 0,
      }
      return clashes.length > 0 ? { item, clashes, merged } : { item, clashes }
    },
    async discard(kind, id) {
      await store.changeDocument(kind, id, () => undefined)
    },
    changes: async () => (await all()).filter(({ state }) => state !== 'live' && state !== 'file'),
    async publish({ items, by, note }) {
      const drafts = await Promise.all(
        items.map(async ({ kind, id }) => ({ kind, id, document: await store.document(kind, id) })),
      )
      const version = await addVersion(
        live =>
          drafts.reduce(
            (config, { kind, id, document }) =>
              document ? withItem(config, kind, id, document.draft) : config,
            live,
          ),
        { by, note },
      )
      for (const { kind, id, document } of drafts) {
        // Whoever has saved in the meantime keeps their draft.
        if (document?.draft === null) {
          await store.changeDocument(kind, id, now => (now?.rev === document.rev ? undefined : now))
        }
      }
      return version
    },
    publishAgain: async (number, by) => {
      const config = await versionConfig(number)
      return addVersion(() => config, { by, note: `Version ${number} again` })
    },
    async bringBack(number, by) {
      const config = await versionConfig(number)
      const inFile = (kind: DocumentKind, id: string) => itemsOf(file(), kind).some(item => item.id === id)
      for (const kind of documentKinds) {
        const wanted = itemsOf(config, kind)
        for (const item of wanted) if (!inFile(kind, item.id)) await put(kind, item.id, item, by)
        const gone = (await all()).filter(item => item.kind === kind && !inFile(kind, item.id))
        for (const { id } of gone) if (!wanted.some(item => item.id === id)) await put(kind, id, null, by)
      }
    },
    versions: store.versions,
    version: store.version,
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

function draftAt(document: ConsoleDocument | undefined, rev: number): Json | undefined {
  return document?.earlier.find(earlier => earlier.rev === rev)?.draft
}

function withItem(config: ConsoleConfig, kind: DocumentKind, id: string, draft: Json): ConsoleConfig {
  const others = itemsOf(config, kind).filter(item => item.id !== id)
  const items = draft === null ? others : [...others, draft as { id: string }]
  // In one order, so that the same content is the same text.
  const sorted = items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const { [kind]: _, ...rest } = config
  const changed: ConsoleConfig = sorted.length > 0 ? { ...rest, [kind]: sorted } : rest
  return Object.fromEntries(documentKinds.flatMap(one => (changed[one] ? [[one, changed[one]]] : [])))
}

function problemsIn(config: unknown, prefix: string): Problem[] {
  try {
    parseConfig(config)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ path, message }) => ({ path: path.slice(prefix.length).replace(/^\./, ''), message }))
  }
}

function idOf(draft: Json): string | undefined {
  const id: unknown = typeof draft === 'object' && draft !== null ? Reflect.get(draft, 'id') : undefined
  return typeof id === 'string' ? id : undefined
}
