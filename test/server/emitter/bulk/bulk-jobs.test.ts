import { expect, it, onTestFinished, vi } from 'vitest'
import type { Emitter } from '../../../../src/server/emitter/emitter.ts'
import type { BulkJob } from '../../../../src/server/stores/bulk-job.ts'
import { memoryStore } from '../../../../src/server/stores/memory/memory.ts'
import type { Store } from '../../../../src/server/stores/store.ts'
import { handWoundClock } from '../../support/clock.ts'
import { woundEmitter } from '../../support/emitter.ts'

const webhooks = [{ id: 'crm', url: 'http://127.0.0.1:9/hook' }]
const by = { by: 'Ada', role: 'owner', via: 'console' } as const

/** A store with deliveries that were cancelled, the newest last, and emitters that share it and a clock. */
async function withFailed(count: number, { emitters = 1 } = {}) {
  const store = memoryStore()
  const clock = handWoundClock()
  const deliveries = Array.from({ length: count }, (_, index) => ({
    id: `msg_${index}`,
    webhook: index % 10 === 9 ? 'gone' : 'crm',
    message: { id: `msg_${index}`, timestamp: '', name: '', userId: 'ada', events: [], data: {} },
    createdAt: clock.now() - count + index,
    dueAt: clock.now() + 3_600_000,
  }))
  await store.add(deliveries)
  await store.cancel({})
  // They wait for their webhook, so that nothing is sent while one looks.
  await store.changeWebhook('crm', record => ({
    ...record,
    disabled: { at: clock.now(), reason: 'manual' },
  }))
  const made = Array.from({ length: emitters }, () => woundEmitter({ store, webhooks, clock }).emitter)
  onTestFinished(async () => {
    for (const emitter of made) await emitter.close()
  })
  return { store, clock, emitters: made, emitter: made[0] as Emitter }
}

async function ended({ jobs }: Emitter, id: string): Promise<BulkJob | undefined> {
  await vi.waitFor(async () => expect((await jobs.get(id))?.state).not.toBe('running'), { timeout: 10_000 })
  return jobs.get(id)
}

function pending(store: Store): Promise<number> {
  return store.count({ state: 'pending' })
}

it('sends all again that match, but for webhooks that are gone, and says so in the audit', async () => {
  const { store, emitter } = await withFailed(1000)
  const { id } = await emitter.jobs.start({
    kind: 'resend',
    filter: { state: 'failed', userId: 'ada' },
    total: 1000,
    by,
  })
  const job = await ended(emitter, id)
  expect(job).toMatchObject({ state: 'done', done: 900, total: 1000 })
  // Of whom it was is kept no longer than it is needed.
  expect(JSON.stringify(job)).not.toContain('"ada"')
  expect(await pending(store)).toBe(900)
  expect(await store.console.audit({ limit: 5 })).toMatchObject([
    { by: 'Ada', action: 'resent all that matched', target: 'deliveries', details: '900' },
  ])
})

it('takes no more than was counted, the newest first', async () => {
  const { store, emitter } = await withFailed(1000)
  const { id } = await emitter.jobs.start({ kind: 'resend', filter: { webhook: 'crm' }, total: 300, by })
  expect(await ended(emitter, id)).toMatchObject({ state: 'done', done: 300 })
  const { deliveries } = await store.list({ state: 'pending' }, { limit: 500 })
  expect([deliveries.length, deliveries[0]?.id]).toEqual([300, 'msg_998'])
})

it('ends, and says why, when its webhook is gone', async () => {
  const { emitter } = await withFailed(10)
  const { id } = await emitter.jobs.start({ kind: 'resend', filter: { webhook: 'gone' }, total: 1, by })
  expect(await ended(emitter, id)).toMatchObject({ state: 'stopped', problem: expect.stringContaining('gone') })
})

it('stops after its present slice, and what is changed stays so', async () => {
  const { store, emitter } = await withFailed(5000)
  const { id } = await emitter.jobs.start({ kind: 'resend', filter: { state: 'failed' }, total: 5000, by })
  expect(await emitter.jobs.stop(id)).toMatchObject({ state: 'stopped' })
  await emitter.close()
  const job = await emitter.jobs.get(id)
  expect(job).toMatchObject({ state: 'stopped', done: await pending(store) })
  expect(job?.done).toBeLessThanOrEqual(400)
})

it('goes on where another process was, once that one is surely dead, and of two who may only one does', async () => {
  const { store, clock, emitters } = await withFailed(1000, { emitters: 2 })
  const left: BulkJob = {
    id: 'left',
    kind: 'resend',
    filter: { webhook: 'crm' },
    by,
    createdAt: clock.now(),
    state: 'running',
    total: 900,
    done: 450,
    place: { createdAt: clock.now() - 500, id: 'msg_500', webhook: 'crm' },
    lease: { holder: 'a process that was killed', until: clock.now() + 20_000 },
  }
  await store.console.addJob(left)
  for (let second = 0; second < 19; second += 1) clock.wind(1000)
  await Promise.all(emitters.map(({ jobs }) => jobs.list()))
  expect(await store.console.job('left')).toEqual(left)
  for (let second = 0; second < 7; second += 1) clock.wind(1000)
  const [first] = emitters
  expect(first && (await ended(first, 'left'))).toMatchObject({ state: 'done', done: 900 })
  expect(await pending(store)).toBe(450)
  expect(await store.console.audit({ limit: 5 })).toHaveLength(1)
})

it('leaves its job to the next process when it is closed, which goes on at once', async () => {
  const { store, clock, emitter } = await withFailed(5000)
  const { id } = await emitter.jobs.start({ kind: 'cancel', filter: { webhook: 'crm' }, total: 4500, by })
  await store.requeue({}, clock.now())
  await emitter.close()
  const closed = await store.console.job(id)
  expect(closed).toMatchObject({ state: 'running' })
  expect(closed?.lease).toBeUndefined()
  const next = woundEmitter({ store, webhooks, clock }).emitter
  clock.wind(1)
  expect(await ended(next, id)).toMatchObject({ state: 'done' })
  expect(await store.count({ webhook: 'crm', state: 'pending' })).toBe(0)
  await next.close()
})
