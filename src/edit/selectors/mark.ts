/** By what a selector knows its element: a test attribute, an id, another attribute, names and tags, its place. */
export type SelectorKind = 'data' | 'id' | 'attribute' | 'words' | 'path'

/** One thing that tells an element from others. */
export interface Mark {
  css: string
  kind: SelectorKind
  /** How likely it is to be lost with the next change of the page; 0 is hardly ever. */
  risk: number
  /** What loses it, where that is likely. */
  why?: string | undefined
}
