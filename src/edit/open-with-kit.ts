import type { EventGuard } from '../render/layer/keep-events.ts'
import type { LayerOptions } from '../render/layer/layer.ts'
import { createDraftClient, EndedError, redeemCode } from './draft/draft-client.ts'
import { remember, remembered } from './draft/tab-memory.ts'
import { createEditor, type Editor } from './editor.ts'
import { type EditorKit, type ScriptKit, scriptTags } from './editor-kit.ts'
import { showNotice } from './overlay/notice.ts'
import { createPageGuard } from './page-guard.ts'

export interface OpenWithKitOptions extends LayerOptions {
  /** The companion's address. */
  server: string | undefined
  /** The code of a console's link; without it, the editor goes on that is open in this tab. */
  code?: string | undefined
  kit: EditorKit | ScriptKit
  /** @default one that begins now */
  guard?: EventGuard
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
  guard = createPageGuard(),
  ...look
}: OpenWithKitOptions): Promise<Editor | undefined> {
  try {
    if (!server) throw new Error('The editor needs the companion’s address: data-server of the script.')
    const { href: companion } = new URL(server, location.href)
    const before = remembered()
    const token = code === undefined ? before?.token : await redeemCode(companion, code)
    if (token === undefined) return undefined
    // With a new link comes another place, and another purpose.
    const memory = code === undefined && before ? before : { token, unsaved: before?.unsaved }
    remember(memory)
    const client = createDraftClient(companion, token)
    const shown = await client.read()
    return createEditor({
      client,
      shown,
      kit: { tags: scriptTags, ...kit },
      memory,
      guard,
      isNew: code !== undefined,
      ...look,
    })
  } catch (error) {
    // The next page need not ask again.
    if (error instanceof EndedError) remember(undefined)
    showNotice(error instanceof Error ? error.message : String(error), { guard, ...look })
    throw error
  }
}
