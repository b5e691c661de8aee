import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { handWoundClock } from '../support/clock.ts'
import { describeConsoleStore } from './console-contract.ts'
import { describeStore } from './contract.ts'

const clock = handWoundClock()

describeStore('memoryStore', {
  create: async options => memoryStore(options),
  wind: async ms => clock.wind(ms),
  now: clock.now,
})

describeConsoleStore('memoryStore', async () => memoryStore())
