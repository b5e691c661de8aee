import type { Config } from '../../../schema/config.ts'
import type { Json } from '../../../values/json.ts'
import type { Clock } from '../../clock.ts'
import type { ConsoleStore, ConsoleVersion, DocumentKind } from '../../stores/console-store.ts'
import type { Contents } from './contents.ts'
import { checkResult, type KnownWebhooks } from './draft-problems.ts'
import type { Drafts } from './drafts.ts'
import { type ConsoleConfig, documentKinds, itemsOf, type Published } from './published-config.ts'

/** What was published, each time as a whole. */
export interface Versions {
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

export interface VersionsOptions {
  file: () => Config
  store: ConsoleStore
  published: Published
  contents: Contents
  drafts: Drafts
  webhooks: KnownWebhooks
  clock: Pick<Clock, 'now'>
}

export function createVersions(options: VersionsOptions): Versions {
  const { file, store, published, contents, drafts, webhooks, clock } = options

  async function addVersion(
    change: (live: ConsoleConfig) => ConsoleConfig,
    { by, note }: { by: string; note: string },
  ): Promise<ConsoleVersion> {
    for (;;) {
      const number = await store.latestVersion()
      const live = ((await store.version(number))?.config ?? {}) as ConsoleConfig
      const config = change(live)
      await checkResult(config, { file: file(), webhooks })
      const version = { number: number + 1, at: clock.now(), by, note, config: config as Json }
      if (await store.addVersion(version)) {
        published.forget()
        return version
      }
    }
  }

  async function versionConfig(number: number): Promise<ConsoleConfig> {
    const version = await store.version(number)
    if (!version) throw new TypeError(`There is no version ${number}`)
    return version.config as ConsoleConfig
  }

  return {
    async publish({ items, by, note }) {
      const chosen = await Promise.all(
        items.map(async ({ kind, id }) => ({ kind, id, document: await store.document(kind, id) })),
      )
      const withChosen = (live: ConsoleConfig) =>
        chosen.reduce(
          (config, { kind, id, document }) => (document ? withItem(config, kind, id, document.draft) : config),
          live,
        )
      const version = await addVersion(withChosen, { by, note })
      for (const { kind, id, document } of chosen) {
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
        for (const item of wanted)
          if (!inFile(kind, item.id)) await drafts.put({ kind, id: item.id, draft: item, by })
        const gone = (await contents.list(kind)).filter(item => !inFile(kind, item.id))
        for (const { id } of gone)
          if (!wanted.some(item => item.id === id)) await drafts.put({ kind, id, draft: null, by })
      }
    },
    versions: store.versions,
    version: store.version,
  }
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
