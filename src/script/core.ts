import { createInPage } from '../tourhook.ts'
import { runScript } from './run-script.ts'

runScript(createInPage)
