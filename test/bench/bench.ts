import { spawnSync } from 'node:child_process'
import { benchActivity } from './activity.ts'
import { benchArrivals } from './arrivals.ts'
import { benchHandover } from './handover.ts'
import { benchIdle } from './idle.ts'
import { benchSizes } from './sizes.ts'

/** The tables of the README: `npm run bench`, or some of them, `npm run bench -- sizes handover`. */
const benches = {
  sizes: benchSizes,
  arrivals: () => benchArrivals(['chromium', 'firefox']),
  handover: benchHandover,
  idle: benchIdle,
  activity: benchActivity,
  server: benchServer,
}

const asked = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n## ${name}\n\n${await bench()}`)
}

/** In a process of its own, whose memory is measured; it prints its table itself. */
function benchServer(): string {
  const { status } = spawnSync(process.execPath, ['test/bench/server.ts'], { stdio: 'inherit' })
  return status === 0 ? '' : `The server's bench has failed with ${status}.`
}
