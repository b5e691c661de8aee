import { createHmac } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { Agent } from 'undici'
import {
  createEmitter,
  memoryStore,
  postgresStore,
  type Store,
  sqliteStore,
} from '../../../src/server/index.ts'
import { preciseNow } from '../../server/support/recorder.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const sendersAtOnce = 8

/** Where a subject's things are. */
export interface Places {
  url: string
  /** An SQLite file. */
  file: string
  connectionString: string
  redis: { everysec: number; always: number }
}

/** Something that sends messages; `send` resolves, with the message's id, when one is acknowledged. */
export interface Subject {
  send: () => Promise<string>
  /** Resolves once so many are done. */
  settled: (count: number) => Promise<void>
  close: () => Promise<unknown>
}

/** Everything that is compared, by its name. */
export const subjects: Record<string, (places: Places) => Subject | Promise<Subject>> = {
  'Tourhook, SQLite': ({ file, url }) => emitting(sqliteStore(file, { leaseMs: 4000 }), url),
  'Tourhook, PostgreSQL': ({ connectionString, url }) =>
    emitting(postgresStore({ connectionString, leaseMs: 4000 }), url),
  'Tourhook, memory': ({ url }) => emitting(memoryStore({ leaseMs: 4000 }), url),
  'bare undici: no queue, no signature, no log': bareUndici,
  'plain pg-boss': plainPgBoss,
  'plain BullMQ, appendfsync everysec': places => plainBullMq(places, 'everysec'),
  'plain BullMQ, appendfsync always': places => plainBullMq(places, 'always'),
  'bare INSERT … COMMIT, nothing sent': bareInsert,
}

function emitting(store: Store, url: string): Subject {
  const emitter = createEmitter({
    store,
    timeoutMs: 2000,
    webhooks: [
      {
        id: 'crm',
        url,
        events: ['tour_completed'],
        secret,
        data: { at: { answer: 'at' }, plan: { tag: 'plan' } },
      },
    ],
    allowNetworks: ['127.0.0.0/8'],
  })
  const done = counter()
  emitter.on('delivered', done.increment)
  emitter.on('error', error => console.error(error))
  return {
    async send() {
      const [id = ''] = await emitter.emit({
        name: 'tour_completed',
        userId: 'user_123',
        id: 'welcome',
        answers: { at: preciseNow() },
        tags: { plan: 'pro' },
      })
      return id
    },
    settled: done.reaches,
    close: () => emitter.close(),
  }
}

/** What has no queue: it is lost with the process, and nobody tries again. */
function bareUndici({ url }: Places): Subject {
  const post = poster(url)
  const done = counter()
  return {
    async send() {
      const id = crypto.randomUUID()
      await post(id, { at: preciseNow(), plan: 'pro' }, { signed: false })
      done.increment()
      return id
    },
    settled: done.reaches,
    close: async () => {},
  }
}

/** What the README of pg-boss leads to, with the signature and the log that ours has: its output is the job's. */
async function plainPgBoss({ connectionString, url }: Places): Promise<Subject> {
  const boss = new PgBoss({ connectionString, schema: 'plain' })
  boss.on('error', error => console.error(error))
  await boss.start()
  await boss.createQueue('webhooks', { retryLimit: 10, retryDelay: 1, expireInSeconds: 4 })
  const post = poster(url)
  const done = counter()
  for (let worker = 0; worker < sendersAtOnce; worker++) {
    const options = { pollingIntervalSeconds: 0.5, batchSize: 100 }
    await boss.work<{ at: number; plan: string }>('webhooks', options, async jobs => {
      for (const { id, data } of jobs) await post(id, data, { signed: true })
      done.increment(jobs.length)
      return { status: 200 }
    })
  }
  return {
    send: async () => String(await boss.send('webhooks', { at: preciseNow(), plan: 'pro' })),
    settled: done.reaches,
    close: () => boss.stop({ graceful: false }),
  }
}

/** What the docs of BullMQ lead to, with the signature and the log that ours has. */
async function plainBullMq({ redis, url }: Places, appendfsync: keyof Places['redis']): Promise<Subject> {
  const connection = { host: '127.0.0.1', port: redis[appendfsync] }
  const queue = new Queue('webhooks', {
    connection,
    defaultJobOptions: {
      attempts: 10,
      backoff: { type: 'exponential', delay: 1000 },
      removeOnComplete: 1_000_000,
    },
  })
  const post = poster(url)
  const done = counter()
  const worker = new Worker<{ at: number; plan: string }>(
    'webhooks',
    async job => {
      const began = Date.now()
      const status = await post(String(job.id), job.data, { signed: true })
      await job.log(JSON.stringify({ at: began, durationMs: Date.now() - began, status }))
    },
    { connection, concurrency: sendersAtOnce, lockDuration: 4000, stalledInterval: 2000 },
  )
  queue.on('error', error => console.error(error.message))
  worker.on('error', error => console.error(error.message))
  worker.on('completed', () => done.increment())
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()])
  return {
    send: async () => {
      const id = crypto.randomUUID()
      await queue.add('message', { at: preciseNow(), plan: 'pro' }, { jobId: id })
      return id
    },
    settled: done.reaches,
    close: async () => {
      await worker.close(true)
      await queue.close()
    },
  }
}

/** The least that PostgreSQL takes to keep anything: what an acknowledgement is measured by. */
async function bareInsert({ connectionString }: Places): Promise<Subject> {
  const pool = new pg.Pool({ connectionString, max: 6 })
  await pool.query('CREATE TABLE IF NOT EXISTS bare (id text PRIMARY KEY, message text NOT NULL)')
  const done = counter()
  const message = JSON.stringify({ name: 'crm', userId: 'user_123', data: { plan: 'pro' } })
  return {
    async send() {
      const id = crypto.randomUUID()
      await pool.query({ name: 'bare', text: 'INSERT INTO bare VALUES ($1, $2)', values: [id, message] })
      done.increment()
      return id
    },
    settled: done.reaches,
    close: () => pool.end(),
  }
}

function poster(url: string) {
  const agent = new Agent({ connections: sendersAtOnce })
  const { origin, pathname: path } = new URL(url)
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')

  return async (id: string, data: object, { signed }: { signed: boolean }): Promise<number> => {
    const body = JSON.stringify({ id, name: 'crm', userId: 'user_123', data })
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signature = signed
      ? {
          'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
        }
      : {}
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      ...signature,
    }
    const answer = await agent.request({ origin, path, method: 'POST', headers, body })
    await answer.body.dump()
    if (answer.statusCode >= 300) throw new Error(`answered ${answer.statusCode}`)
    return answer.statusCode
  }
}

function counter() {
  let count = 0
  let waiting: { target: number; resolve: () => void }[] = []
  return {
    increment: (by: unknown = 1) => {
      count += typeof by === 'number' ? by : 1
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
