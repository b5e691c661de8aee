import { createDebug } from './debug/debug.ts'
import { runScript } from './run-script.ts'

runScript(createDebug)
