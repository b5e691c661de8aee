import { JsonFault, readJsonText } from '../schema/problems/json/json-text.ts'
import type { TourhookEvents } from '../tourhook.ts'
import { createDebug } from './debug/create-debug.ts'
import { describe } from './debug/describe.ts'
import { createPanel } from './debug/panel.ts'
import { jsonIn } from './find-config.ts'
import { currentScript, runScript } from './run-script.ts'

const script = currentScript()
const panel = createPanel({ nonce: script?.nonce })
// On the document, so that a config which can't be had is reported, too: then there is no Tourhook.
document.addEventListener('tourhook:error', event => {
  const { detail } = event as CustomEvent<TourhookEvents['error']>
  panel.add('problem', [describe.error(detail), ...jsonFault(detail.error)].join(': '))
})
runScript((config, options, data) => createDebug({ panel, config, options, data }), script)

/** Where the page's own config is no JSON: a browser does not always say. */
function jsonFault({ cause }: Error): string[] {
  const text = cause instanceof SyntaxError ? jsonIn('tourhook-config') : undefined
  try {
    if (text !== undefined) readJsonText(text)
    return []
  } catch (error) {
    return error instanceof JsonFault ? [error.message] : []
  }
}
