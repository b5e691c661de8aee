import type { Config } from '../../../schema/config.ts'
import type { ConsoleStore, DocumentKind } from '../../stores/console-store.ts'
import { type ContentItem, contentItem } from './content-item.ts'
import { documentKinds, itemsOf, type Published } from './published-config.ts'

/** Every content there is, wherever it stands. */
export interface Contents {
  all(): Promise<ContentItem[]>
  list(kind: DocumentKind): Promise<ContentItem[]>
  get(kind: DocumentKind, id: string): Promise<ContentItem | undefined>
  /** Everything that is not published as it is. */
  changes(): Promise<ContentItem[]>
}

export interface ContentsOptions {
  file: () => Config
  store: Pick<ConsoleStore, 'document' | 'documents'>
  published: Pick<Published, 'newest'>
}

export function createContents({ file, store, published }: ContentsOptions): Contents {
  async function all(): Promise<ContentItem[]> {
    const [documents, live] = await Promise.all([store.documents(), published.newest()])
    return documentKinds.flatMap(kind => {
      const known = new Map(documents.filter(one => one.kind === kind).map(one => [one.id, one]))
      const ids = [...itemsOf(file(), kind), ...itemsOf(live, kind)].map(({ id }) => id)
      return [...new Set([...ids, ...known.keys()])].flatMap(
        id => contentItem({ kind, id, document: known.get(id) }, { file: file(), live }) ?? [],
      )
    })
  }

  return {
    all,
    list: async kind => (await all()).filter(item => item.kind === kind),
    async get(kind, id) {
      const document = await store.document(kind, id)
      return contentItem({ kind, id, document }, { file: file(), live: await published.newest() })
    },
    changes: async () => (await all()).filter(({ state }) => state !== 'live' && state !== 'file'),
  }
}
