import { createFull } from './create-full.ts'
import { runScript } from './run-script.ts'

runScript(createFull)
