import type { Config } from '../../../schema/config.ts'
import type { Json } from '../../../values/json.ts'
import type { Clock } from '../../clock.ts'
import type { ConsoleStore, DocumentKind } from '../../stores/console-store.ts'

/** The kinds of content that are drafted and published. */
export const documentKinds = ['tours', 'checklists', 'banners', 'segments'] as const satisfies DocumentKind[]

/** What the console has published: a config without webhooks. */
export type ConsoleConfig = { [Kind in DocumentKind]?: { id: string; [key: string]: Json }[] }

/** How long a companion goes by what it has read, in milliseconds. */
const freshMs = 1_000

/** The newest version, read again when it is no longer fresh. */
export interface Published {
  /** At most a second old; while the store is down, the last that is known. */
  newest(): Promise<ConsoleConfig>
  /** The next call reads. */
  forget(): void
}

export function createPublished({
  store,
  clock,
}: {
  store: ConsoleStore
  clock: Pick<Clock, 'elapsed'>
}): Published {
  let known: { number: number; config: ConsoleConfig } | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<ConsoleConfig> | undefined

  async function read(): Promise<ConsoleConfig> {
    const number = await store.latestVersion()
    if (number !== known?.number) {
      known = { number, config: ((await store.version(number))?.config ?? {}) as ConsoleConfig }
    }
    readAt = clock.elapsed()
    return known.config
  }

  return {
    async newest() {
      if (known && clock.elapsed() - readAt < freshMs) return known.config
      reading ??= read().finally(() => {
        reading = undefined
      })
      return reading.catch(error => {
        if (known) return known.config
        throw error
      })
    },
    forget() {
      readAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** The config file's content and the console's; of two with one id, the file's. */
export function withFile(file: Config, published: ConsoleConfig): Config {
  const lists = documentKinds.flatMap(kind => {
    const own = itemsOf(file, kind)
    const added = itemsOf(published, kind).filter(({ id }) => !own.some(item => item.id === id))
    return own.length + added.length > 0 ? [[kind, [...own, ...added]]] : []
  })
  return { ...file, ...Object.fromEntries(lists) }
}

/** A config's contents of one kind, as JSON. */
export function itemsOf(
  config: Config | ConsoleConfig,
  kind: DocumentKind,
): { id: string; [key: string]: Json }[] {
  return (config[kind] ?? []) as { id: string; [key: string]: Json }[]
}
