import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEmitter, type Emitter } from '../../src/server/emitter/emitter.ts'
import { sqliteStore } from '../../src/server/stores/sqlite/sqlite.ts'
import { preciseNow, type Recorder, startRecorder } from './support/recorder.ts'
import { webhookTo } from './support/webhook.ts'

const folder = mkdtempSync(join(tmpdir(), 'tourhook-neighbour-'))
let third: Recorder
let hangs: Recorder
let fails: Recorder

beforeAll(async () => {
  ;[third, hangs, fails] = await Promise.all([
    startRecorder(),
    startRecorder({ delayMs: 15_000 }),
    startRecorder({ status: 500 }),
  ])
})
afterAll(() => {
  for (const recorder of [third, hangs, fails]) recorder.close()
  rmSync(folder, { recursive: true })
})

it('keeps the p99 of an endpoint within twice what it is alone, beside one that hangs and one that fails', async () => {
  const data = { at: { answer: 'at' } } as const
  const measured = webhookTo(third.url, { id: 'third', data })
  const neighbours = [webhookTo(hangs.url, { id: 'hangs' }), webhookTo(fails.url, { id: 'fails' })]
  const create = (name: string, webhooks: typeof neighbours) =>
    createEmitter({ webhooks, store: sqliteStore(join(folder, name)), allowNetworks: ['127.0.0.0/8'] })
  const alone = create('alone.db', [measured])
  const beside = create('beside.db', [measured, ...neighbours])

  await p99(alone)
  await p99(beside)
  const rounds: { alone: number; beside: number }[] = []
  for (let round = 0; round < 5; round++) rounds.push({ alone: await p99(alone), beside: await p99(beside) })

  // Of several rounds the best, so that what else this machine does is not counted.
  const best = (values: number[]) => Math.min(...values)
  expect(best(rounds.map(({ beside }) => beside))).toBeLessThan(2 * best(rounds.map(({ alone }) => alone)))

  // Else closing would wait for answers.
  hangs.close()
  await Promise.all([alone.close(), beside.close()])
}, 120_000)

/** In milliseconds from `emit` to arrival, over a hundred events, one after the other. */
async function p99(emitter: Emitter): Promise<number> {
  await third.take()
  for (let index = 0; index < 100; index++) {
    const delivered = new Promise<void>(resolve => {
      const undo = emitter.on('delivered', ({ webhook }) => {
        if (webhook !== 'third') return
        undo()
        resolve()
      })
    })
    await emitter.emit({ name: 'tour_completed', userId: 'u', answers: { at: preciseNow() } })
    await delivered
  }
  const { latencies } = await third.take()
  return latencies.toSorted((a, b) => a - b)[98] ?? Number.NaN
}
