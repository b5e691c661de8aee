import { createFull } from './full.ts'
import { runScript } from './run-script.ts'

runScript(createFull)
