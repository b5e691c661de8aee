// What `npm test` does before the tests, all at once: lint, types, and the build. `node test/support/checks.mjs`.
import { spawn } from 'node:child_process'

const checks = ['lint', 'types', 'build']
const isMade = await Promise.all(checks.map(run))
if (isMade.includes(false)) process.exit(1)

/** Runs a script of package.json; shows all that it said once it ends, so that no two mix. */
async function run(script) {
  const startedAt = Date.now()
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (words += chunk))
  const code = await new Promise(resolve => child.on('close', resolve))
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  console.log(`${words}${script}: ${code === 0 ? 'passed' : 'failed'} after ${seconds} s`)
  return code === 0
}
