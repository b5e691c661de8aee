import { benchActivity } from './activity.ts'
import { benchArrivals } from './arrivals.ts'
import { benchConsole } from './console.ts'
import { benchHandover } from './handover.ts'
import { benchIdle } from './idle.ts'
import { benchLog } from './log.ts'
import { benchSelectors } from './selectors.ts'
import { benchAcknowledged } from './server/acknowledged.ts'
import { benchManyWebhooks } from './server/many-webhooks.ts'
import { benchServer } from './server/server.ts'
import { benchSizes } from './sizes.ts'

/** The tables of the README: `npm run bench`, or some of them, `npm run bench -- sizes handover`. */
const benches = {
  sizes: benchSizes,
  arrivals: () => benchArrivals(['chromium', 'firefox']),
  handover: benchHandover,
  idle: benchIdle,
  activity: benchActivity,
  server: benchServer,
  webhooks: benchManyWebhooks,
  acknowledged: () => benchAcknowledged(),
  log: benchLog,
  console: () => benchConsole(),
  selectors: benchSelectors,
}

const asked = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n## ${name}\n\n${await bench()}`)
}
