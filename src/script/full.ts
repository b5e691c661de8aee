import { isEditing } from '../edit/edit-code.ts'
import { createRenderer } from '../render/renderer.ts'
import { collect } from '../tour/sources/sources.ts'
import { createInPage } from '../tourhook.ts'
import { createFull, createQuiet, lookOf } from './create-full.ts'
import { loadEditor } from './editor-loader.ts'
import { currentScript, runScript } from './run-script.ts'

const script = currentScript()
const isEdited = isEditing() && script instanceof HTMLScriptElement
// While the page is parsed: a router would take the code for an address of its own.
if (isEdited) {
  // As the page's own script would draw it.
  const look = lookOf(script.dataset)
  void loadEditor(script, {
    createTourhook: createInPage,
    createRenderer: options => createRenderer({ ...look, ...options }),
    collect,
  })
}
runScript(isEdited ? createQuiet : createFull, script)
