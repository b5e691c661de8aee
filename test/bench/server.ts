import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { PgBoss } from 'pg-boss'
import { Agent } from 'undici'
import { createEmitter, memoryStore, postgresStore, type Store, sqliteStore } from '../../src/server/index.ts'
import { startPostgres } from '../server/support/postgres.ts'
import { preciseNow, type Recorder, startRecorder } from '../server/support/recorder.ts'

const { values: options } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '40000' },
    memory: { type: 'string', default: '200000' },
    /** One of the subjects; without it, each runs in a process of its own, with no other's heap to bear. */
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const total = Number(options.deliveries)
const folder = mkdtempSync(join(tmpdir(), 'tourhook-bench-'))
const emittersAtOnce = 64
const sendersAtOnce = 8

/** Something that sends messages; `send` resolves when one is acknowledged, `settled` once so many are done. */
interface Subject {
  send: () => Promise<unknown>
  settled: (count: number) => Promise<void>
  close: () => Promise<void>
}

interface Result {
  subject: string
  'deliveries/s': number
  /** Of the sender's process, a delivery: what is left to compare on a busy machine. */
  'cpu µs': number
  'p50 ms': number
  'p99 ms': number
  'ack ms': number | string
}

function emitting(store: Store, url: string): Subject {
  const emitter = createEmitter({
    store,
    webhooks: [
      {
        id: 'crm',
        url,
        events: ['tour_completed'],
        secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        data: { at: { answer: 'at' }, plan: { tag: 'plan' } },
      },
    ],
    allowNetworks: ['127.0.0.0/8'],
  })
  const done = counter()
  emitter.on('delivered', done.increment)
  emitter.on('error', error => console.error(error))
  return {
    send: () =>
      emitter.emit({
        name: 'tour_completed',
        userId: 'user_123',
        id: 'welcome',
        answers: { at: preciseNow() },
        tags: { plan: 'pro' },
      }),
    settled: done.reaches,
    close: () => emitter.close(),
  }
}

/** What has no queue: it is lost with the process, and nobody tries again. */
function bareUndici(url: string): Subject {
  const agent = new Agent({ connections: sendersAtOnce })
  const done = counter()
  return {
    async send() {
      const { origin, pathname } = new URL(url)
      const { body } = await agent.request({
        origin,
        path: pathname,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'crm', userId: 'user_123', data: { at: preciseNow(), plan: 'pro' } }),
      })
      await body.dump()
      done.increment()
    },
    settled: done.reaches,
    close: () => agent.close(),
  }
}

/** What the README of pg-boss leads to: unsigned, unguarded, its log is the job. */
async function plainPgBoss(connectionString: string, url: string): Promise<Subject> {
  const boss = new PgBoss({ connectionString, schema: 'plain' })
  boss.on('error', error => console.error(error))
  await boss.start()
  await boss.createQueue('webhooks')
  const done = counter()
  for (let worker = 0; worker < sendersAtOnce; worker++) {
    await boss.work<{ at: number }>('webhooks', { pollingIntervalSeconds: 0.5, batchSize: 100 }, async jobs => {
      for (const job of jobs) {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'crm', userId: 'user_123', data: job.data }),
        })
        if (!response.ok) throw new Error(`answered ${response.status}`)
        await response.text()
        done.increment()
      }
    })
  }
  return {
    send: () => boss.send('webhooks', { at: preciseNow(), plan: 'pro' }),
    settled: done.reaches,
    close: () => boss.stop({ graceful: false }),
  }
}

async function measure(
  subject: string,
  { send, settled, close }: Subject,
  recorder: Recorder,
): Promise<Result> {
  let count = 0
  const sendAll = async (more: number, atOnce: number) => {
    let left = more
    const one = async () => {
      while (left-- > 0) await send()
    }
    await Promise.all(Array.from({ length: atOnce }, one))
    count += more
    await settled(count)
  }

  await sendAll(5000, emittersAtOnce)
  const began = performance.now()
  const used = process.cpuUsage()
  await sendAll(total, emittersAtOnce)
  const rate = total / ((performance.now() - began) / 1000)
  const { user, system } = process.cpuUsage(used)

  // A quiet hour: each alone, from its acknowledgement to its place in the log.
  await recorder.take()
  const acks: number[] = []
  for (let index = 0; index < 1000; index++) {
    const sent = performance.now()
    await send()
    acks.push(performance.now() - sent)
    count += 1
    await settled(count)
  }
  const { latencies } = await recorder.take()
  await close()
  return {
    subject,
    'deliveries/s': Math.round(rate),
    'cpu µs': Math.round((user + system) / total),
    'p50 ms': percentile(latencies, 50),
    'p99 ms': percentile(latencies, 99),
    'ack ms': subject.startsWith('bare') ? '–' : percentile(acks, 50),
  }
}

function measureApart(name: string): Result {
  const args = [import.meta.filename, '--json', '--only', name, '--deliveries', String(total)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

async function measureMemory(name: string, store: Store, recorder: Recorder) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { send, settled, close } = emitting(store, recorder.url)
  const deliveries = Number(options.memory)
  const rows: Record<string, string | number>[] = []
  for (let done = 0; done < deliveries; ) {
    const chunk = Math.ceil(deliveries / 5)
    for (let sent = 0; sent < chunk; sent += 500) {
      await Promise.all(Array.from({ length: 500 }, send))
      await settled(done + sent + 500 - 2000)
    }
    done += chunk
    await settled(done)
    await recorder.take()
    collect()
    const { heapUsed, rss } = process.memoryUsage()
    rows.push({ subject: name, deliveries: done, 'heap MB': mb(heapUsed), 'rss MB': mb(rss) })
  }
  await close()
  return rows
}

function counter() {
  let count = 0
  let waiting: { target: number; resolve: () => void }[] = []
  return {
    increment: () => {
      count += 1
      if (!waiting.some(({ target }) => target <= count)) return
      for (const { target, resolve } of waiting) if (target <= count) resolve()
      waiting = waiting.filter(({ target }) => target > count)
    },
    reaches: (target: number) =>
      new Promise<void>(resolve => {
        if (count >= target) resolve()
        else waiting.push({ target, resolve })
      }),
  }
}

function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.floor((sorted.length * percent) / 100)] ?? 0) * 100) / 100
}

function mb(bytes: number): number {
  return Math.round(bytes / 1e5) / 10
}

const { only, json, memory } = options
const subjects: Record<string, (url: string, connectionString: string) => Subject | Promise<Subject>> = {
  'tourhook, SQLite': url => emitting(sqliteStore(join(folder, 'bench.db')), url),
  'tourhook, PostgreSQL': (url, connectionString) => emitting(postgresStore({ connectionString }), url),
  'tourhook, memory': url => emitting(memoryStore(), url),
  'bare undici, no queue': bareUndici,
  'plain pg-boss and fetch': (url, connectionString) => plainPgBoss(connectionString, url),
}
// Before this process starts a server of its own, which would take its share of the machine.
if (only === undefined) console.table(Object.keys(subjects).map(measureApart))

const recorder = await startRecorder()
const postgres = await startPostgres()
const { connectionString } = postgres
if (only !== undefined) {
  for (const [name, make] of Object.entries(subjects)) {
    if (!name.includes(only)) continue
    const result = await measure(name, await make(recorder.url, connectionString), recorder)
    if (json) console.log(JSON.stringify(result))
    else console.table([result])
  }
} else if (Number(memory) > 0) {
  console.table([
    ...(await measureMemory('tourhook, SQLite', sqliteStore(join(folder, 'memory.db')), recorder)),
    ...(await measureMemory(
      'tourhook, PostgreSQL',
      postgresStore({ connectionString, schema: 'memory' }),
      recorder,
    )),
  ])
}
recorder.close()
await postgres.remove()
rmSync(folder, { recursive: true })
