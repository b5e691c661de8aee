import type { createRenderer } from '../render/renderer.ts'
import type { collect } from '../tour/sources/sources.ts'
import type { createTourhook } from '../tourhook.ts'
import type { Tags } from '../values/tags.ts'

/** What the editor shows steps and values with: the page's own, so that the author sees what a visitor will see. */
export interface EditorKit {
  createTourhook: typeof createTourhook
  createRenderer: typeof createRenderer
  /** Reads what sources say now. */
  collect: typeof collect
  /** The tags that the page has set. */
  tags(): Tags
}

/** A script's; the tags are those of `window.tourhook`. */
export type ScriptKit = Omit<EditorKit, 'tags'>

/** The tags that the page has given to its script. */
export function scriptTags(): Tags {
  // A queue of commands until the script has its config.
  return Object(Reflect.get(window, 'tourhook')).tags?.get() ?? {}
}
