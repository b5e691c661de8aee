import { reportToPage } from '../events.ts'
import type { LayerOptions } from '../render/layer/layer.ts'
import { createDraftClient, redeemCode } from './draft/draft-client.ts'
import { remember, remembered } from './draft/tab-memory.ts'
import { createEditor, type Editor } from './editor.ts'
import type { EditorKit } from './editor-kit.ts'

export interface OpenEditorOptions extends LayerOptions {
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
export async function openEditor({
  server,
  code,
  kit,
  ...look
}: OpenEditorOptions): Promise<Editor | undefined> {
  const before = remembered()
  const memory = code === undefined ? before : { token: await redeemCode(server, code) }
  if (!memory) return undefined
  remember(memory)
  try {
    const client = createDraftClient(server, memory.token)
    return createEditor({ client, shown: await client.read(), kit, memory, ...look })
  } catch (error) {
    // It has ended: the next page need not ask again.
    remember(undefined)
    throw reportToPage(error)
  }
}
