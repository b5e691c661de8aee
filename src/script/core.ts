import { createTourhook } from '../tourhook.ts'
import { runScript } from './run-script.ts'

runScript(createTourhook)
