import { companionUrl } from '../delivery/request.ts'
import { takeEditCode } from '../edit/edit-code.ts'
import type { ScriptKit } from '../edit/editor-kit.ts'
import { createPageGuard } from '../edit/page-guard.ts'
import { reportToPage } from '../events.ts'
import type { EventGuard } from '../render/layer/keep-events.ts'

/** The module `tourhook.edit.js`. */
interface EditorModule {
  openWithKit(options: {
    server: string | undefined
    code: string | undefined
    kit: ScriptKit
    guard: EventGuard
  }): Promise<unknown>
}

/**
 * Loads the editor from beside the script, else from the companion: nothing in the page's address names where from.
 */
export async function loadEditor({ src, dataset }: HTMLScriptElement, kit: ScriptKit): Promise<void> {
  const code = takeEditCode()
  const guard = createPageGuard()
  const name = 'tourhook.edit.js'

  async function load(path: string, base: string): Promise<EditorModule> {
    return import(new URL(path, base).href)
  }

  try {
    // Not by the page's <base>, which is for its links.
    const module = await load(name, src).catch(() => load(companionUrl(name, dataset), location.href))
    await module.openWithKit({ server: dataset.server, code, kit, guard })
  } catch (error) {
    reportToPage(error)
  }
}
