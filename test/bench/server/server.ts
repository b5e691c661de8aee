import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pauseFor } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startPostgres } from '../../server/support/postgres.ts'
import { type Recorder, startRecorder } from '../../server/support/recorder.ts'
import { table } from '../table.ts'
import { measure, type Rate } from './measure.ts'
import { startRedis } from './redis.ts'
import { type Places, subjects } from './subjects.ts'

/** What a child process is asked for; each subject runs in one of its own, with no other's heap to bear. */
type Task =
  | { kind: 'measure'; name: string; places: Places; total: number; alone: number }
  | { kind: 'emit' | 'drain'; name: string; places: Places }

const bare = 'bare undici: no queue, no signature, no log'
const killAfter = 300
/** How long nothing has to come before what is missing counts as lost; pg-boss looks each minute for what has expired. */
const quietSeconds = (name: string) => (name === 'plain pg-boss' ? 75 : 6)

/** Us and what one would write oneself, beside each other in one run: rates, and what is lost by `kill -9`. */
export async function benchServer({ total = 20_000, alone = 300, kills = 3 } = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tourhook-bench-'))
  const [postgres, everysec, always] = await Promise.all([
    startPostgres({ flush: true }),
    startRedis('everysec'),
    startRedis('always'),
  ])
  const slow = await startRecorder({ delayMs: 20 })
  try {
    const places = (url: string): Places => ({
      url,
      file: join(folder, 'bench.db'),
      connectionString: postgres.connectionString,
      redis: { everysec: everysec.port, always: always.port },
    })
    const rates = new Map<string, Rate>()
    for (const name of Object.keys(subjects)) {
      rates.set(name, await askOnce<Rate>({ kind: 'measure', name, places: places(''), total, alone }))
    }
    const undici = rates.get(bare)?.perSecond ?? Number.NaN
    const rows = [...rates].map(([name, { perSecond, cpuUs, ackMs, medianMs, p99Ms }]) => {
      const sends = !name.includes('nothing sent')
      return [
        name,
        sends ? (perSecond / undici).toFixed(2) : '–',
        sends ? cpuUs : '–',
        name === bare ? '–' : ackMs,
        sends ? `${medianMs}, ${p99Ms}` : '–',
      ]
    })
    const servers = {
      'Tourhook, SQLite': async () => {},
      'Tourhook, PostgreSQL': () => postgres.crash(),
      'Tourhook, memory': async () => {},
      'plain pg-boss': () => postgres.crash(),
      'plain BullMQ, appendfsync everysec': () => everysec.crash(),
      'plain BullMQ, appendfsync always': () => always.crash(),
    }
    const losses: (string | number)[][] = []
    for (const [name, crash] of kills > 0 ? Object.entries(servers) : []) {
      losses.push([name, ...(await lossesOf(name, places(slow.url), slow, { crash, kills }))])
    }
    const measured = [
      `${total.toLocaleString('en')} deliveries each. \`share\` is of bare undici's rate.`,
      table(['sender', 'share', 'CPU µs', 'acknowledged alone, ms', 'received, ms: p50, p99'], rows),
    ]
    const killed = [
      `Killed with \`kill -9\` ${kills} times, its database's server too, after ${killAfter} acknowledgements each:`,
      table(['sender', 'acknowledged', 'lost', 'sent twice'], losses),
    ]
    return [...measured, ...(kills > 0 ? killed : [])].join('\n\n')
  } finally {
    slow.close()
    await Promise.all([postgres.remove(), everysec.remove(), always.remove()])
    rmSync(folder, { recursive: true })
  }
}

/** Kills a sender, and the server that keeps its queue, in the midst of their work. */
async function lossesOf(
  name: string,
  places: Places,
  recorder: Recorder,
  { crash, kills }: { crash: () => Promise<void>; kills: number },
): Promise<[acknowledged: number, lost: number, twice: number]> {
  await recorder.take()
  const acknowledged: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    const child = start({ kind: 'emit', name, places })
    const enough = acknowledged.length + killAfter
    child.on('message', id => acknowledged.push(String(id)))
    while (acknowledged.length < enough && child.exitCode === null) await pauseFor(5)
    if (child.exitCode !== null) throw new Error(`${name}: ended with ${child.exitCode}`)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    await crash()
  }
  const survivor = start({ kind: 'drain', name, places })
  const arrived: Record<string, number> = {}
  // Nothing has come for a while, though leases have run out.
  for (let quiet = 0; quiet < quietSeconds(name); ) {
    await pauseFor(1000)
    const { ids } = await recorder.take()
    for (const [id, count] of Object.entries(ids)) arrived[id] = (arrived[id] ?? 0) + count
    quiet = Object.keys(ids).length > 0 ? 0 : quiet + 1
  }
  const ended = once(survivor, 'exit')
  survivor.kill('SIGKILL')
  await ended
  const lost = acknowledged.filter(id => !(id in arrived)).length
  return [acknowledged.length, lost, Object.values(arrived).filter(count => count > 1).length]
}

function start(task: Task): ChildProcess {
  return fork(import.meta.filename, ['--task', JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

async function askOnce<T>(task: Task): Promise<T> {
  const child = start(task)
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`${task.name}: ended with ${code}`)
  })
  const [answer] = await Promise.race([once(child, 'message'), ended])
  await ended.catch(() => {})
  return answer as T
}

async function run(task: Task): Promise<void> {
  const make = subjects[task.name]
  if (!make) throw new Error(`no subject "${task.name}"`)
  if (task.kind === 'measure') {
    const recorder = await startRecorder()
    const subject = await make({ ...task.places, url: recorder.url })
    process.send?.(await measure(subject, recorder, task))
    await subject.close()
    recorder.close()
    process.exit()
  }
  const subject = await make(task.places)
  process.on('disconnect', () => process.exit())
  if (task.kind === 'drain') return
  const emitForEver = async () => {
    for (;;) process.send?.(await subject.send())
  }
  for (let index = 0; index < 8; index++) void emitForEver()
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      task: { type: 'string' },
      deliveries: { type: 'string', default: '20000' },
      alone: { type: 'string', default: '300' },
      kills: { type: 'string', default: '3' },
    },
  })
  if (values.task !== undefined) await run(JSON.parse(values.task))
  else {
    const [total, alone, kills] = [values.deliveries, values.alone, values.kills].map(Number)
    console.log(await benchServer({ total, alone, kills }))
  }
}
