import type { TourhookEvents } from '../tourhook.ts'
import { createDebug } from './debug/create-debug.ts'
import { describe } from './debug/describe.ts'
import { createPanel } from './debug/panel.ts'
import { runScript } from './run-script.ts'

const script = document.currentScript
const panel = createPanel({ nonce: script?.nonce })
// On the document, so that a config which can't be had is told, too: then there is no Tourhook.
document.addEventListener('tourhook:error', event => {
  const { detail } = event as CustomEvent<TourhookEvents['error']>
  panel.add('problem', describe.error(detail))
})
runScript((config, options, data) => createDebug({ panel, config, options, data }), script)
