import { companionUrl } from '../delivery/request.ts'
import { takeEditCode } from '../edit/edit-code.ts'
import type { EditorKit } from '../edit/editor-kit.ts'
import { reportToPage } from '../events.ts'

/** The module `tourhook.edit.js`. */
interface EditorModule {
  openWithKit(options: {
    server: string
    code: string | undefined
    kit: EditorKit
    theme?: 'dark' | 'light' | 'auto'
  }): Promise<unknown>
}

/**
 * Loads the editor from beside the script, else from the companion: nothing in the page's address names where from.
 */
export async function loadEditor({ src, dataset }: HTMLScriptElement, kit: EditorKit): Promise<void> {
  const { server = '' } = dataset
  const code = takeEditCode()
  try {
    if (!server) throw new Error('the editor needs data-server')
    const load = (url: string): Promise<EditorModule> => import(url)
    const module = await load(new URL('tourhook.edit.js', src).href).catch(() =>
      load(companionUrl('tourhook.edit.js', { server })),
    )
    await module.openWithKit({ server, code, kit })
  } catch (error) {
    reportToPage(error)
  }
}
