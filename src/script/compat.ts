import { commandGlobal } from './command-queue.ts'
import { installUsetiful } from './usetiful.ts'

commandGlobal().push(installUsetiful)
