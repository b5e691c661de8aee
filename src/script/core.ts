import { runScript } from './run-script.ts'
import { createTourhook } from '../tourhook.ts'

runScript(createTourhook)
