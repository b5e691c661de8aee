import type { LayerOptions } from '../render/layer/layer.ts'
import { createDraftClient, EndedError, redeemCode } from './draft/draft-client.ts'
import { remember, remembered } from './draft/tab-memory.ts'
import { createEditor, type Editor } from './editor.ts'
import type { EditorKit } from './editor-kit.ts'
import { showNotice } from './overlay/notice.ts'

export interface OpenWithKitOptions extends LayerOptions {
  /** The companion's address. */
  server: string
  /** The code of a console's link; without it, the editor goes on that is open in this tab. */
  code?: string | undefined
  kit: EditorKit
}

/**
 * Opens the editor on this page, for whoever comes from the console with a code.
 *
 * @throws {Error} (rejects) with a sentence for the author: the link was used, is too old, or for another site.
 */
export async function openWithKit({
  server,
  code,
  kit,
  ...look
}: OpenWithKitOptions): Promise<Editor | undefined> {
  try {
    const before = remembered()
    const token = code === undefined ? before?.token : await redeemCode(server, code)
    if (token === undefined) return undefined
    // With a new link comes another place, and another purpose.
    const memory = code === undefined && before ? before : { token, unsaved: before?.unsaved }
    remember(memory)
    const client = createDraftClient(server, token)
    const shown = await client.read()
    return createEditor({ client, shown, kit, memory, isNew: code !== undefined, ...look })
  } catch (error) {
    // The next page need not ask again.
    if (error instanceof EndedError) remember(undefined)
    showNotice(error instanceof Error ? error.message : String(error), look)
    throw error
  }
}
