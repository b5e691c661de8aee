import type { LayerOptions } from '../render/layer/layer.ts'
import { createRenderer } from '../render/renderer.ts'
import { collect } from '../tour/sources/sources.ts'
import { createTourhook, type Tourhook } from '../tourhook.ts'
import { takeEditCode } from './edit-code.ts'
import type { Editor } from './editor.ts'
import { openWithKit } from './open-with-kit.ts'

export { isEditing } from './edit-code.ts'
export type { Editor } from './editor.ts'
export type { SelectorKind } from './selectors/mark.ts'
export { type RankedSelector, rankSelectors } from './selectors/rank-selectors.ts'

export interface OpenEditorOptions extends LayerOptions {
  /** The companion's address. */
  server: string
  /** The app's Tourhook, for the tags that it knows. */
  tourhook?: Pick<Tourhook, 'tags'> | undefined
}

/**
 * Opens the editor, for whoever comes from the console: its code is in the address, or the editor is open in this tab.
 *
 * Resolves with `undefined` for everybody else.
 *
 * @throws {Error} (rejects) with a sentence for the author: the link was used, is too old, or for another site.
 * @example if (isEditing()) void openEditor({ server: 'https://hooks.example.com', tourhook })
 */
export function openEditor({ tourhook, ...options }: OpenEditorOptions): Promise<Editor | undefined> {
  const kit = { createTourhook, createRenderer, collect, tags: () => tourhook?.tags.get() ?? {} }
  return openWithKit({ ...options, code: takeEditCode(), kit })
}
