import type { Config } from '../../../schema/config.ts'
import type { Problem } from '../../../schema/problems/config-error.ts'
import type { Json } from '../../../values/json.ts'
import type { Clock } from '../../clock.ts'
import type { ConsoleStore, DocumentKind } from '../../stores/console-store.ts'
import { type Contents, createContents } from './contents.ts'
import { draftProblems, type KnownWebhooks } from './draft-problems.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { type ConsoleConfig, createPublished, withFile } from './published-config.ts'
import { createVersions, type Versions } from './versions.ts'

/** The console's content: the config file's, which wins, and what people write, as drafts until they publish. */
export interface ConsoleContent
  extends Pick<Contents, 'list' | 'get' | 'changes'>,
    Pick<Drafts, 'draftAt' | 'save' | 'discard'>,
    Versions {
  /** What pages and events go by: the config file and the newest version, at most a second old. */
  config(): Promise<Config>
  /** What keeps a draft from being published; its paths begin in the draft. */
  problems(kind: DocumentKind, draft: Json): Promise<Problem[]>
}

export interface ConsoleContentOptions {
  /** The config file's, as it is now: the same object until it changes. */
  file: () => Config
  store: ConsoleStore
  webhooks: KnownWebhooks
  clock: Pick<Clock, 'now' | 'elapsed'>
}

/** The drafts and versions of a store, beside what the config file holds. */
export function createConsoleContent({ file, store, webhooks, clock }: ConsoleContentOptions): ConsoleContent {
  const published = createPublished({ store, clock })
  const { all, ...contents } = createContents({ file, store, published })
  const { put, ...drafts } = createDrafts({ file, store, published, clock })
  const versions = createVersions({
    file,
    store,
    published,
    contents: { all, ...contents },
    drafts: { put, ...drafts },
    webhooks,
    clock,
  })
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
    problems: (kind, draft) => draftProblems({ kind, draft }, { contents: { all }, webhooks }),
    ...contents,
    ...drafts,
    ...versions,
  }
}
