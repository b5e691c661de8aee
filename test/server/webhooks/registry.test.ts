import { expect, it } from 'vitest'
import type { Webhook } from '../../../src/schema/webhook.ts'
import { systemClock } from '../../../src/server/clock.ts'
import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { createRegistry } from '../../../src/server/webhooks/registry.ts'
import { woundEmitter } from '../support/emitter.ts'
import { secret, tourCompleted } from '../support/webhook.ts'

const many = (count: number): Webhook[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `webhook_${index}`,
    url: 'https://crm.example/hook',
    secret,
    events: ['tour_completed'],
    contents: [`tour_${index}`],
  }))

/** Milliseconds of this process's own time. */
async function cpuOf(work: () => Promise<void> | void): Promise<number> {
  const startedAt = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(startedAt)
  return (user + system) / 1000
}

it('knows ten thousand webhooks within a second', async () => {
  const webhooks = many(10_000)
  let known = 0
  const cpu = await cpuOf(() => {
    known = createRegistry({ webhooks, store: memoryStore(), clock: systemClock }).all().length
  })
  expect(known).toBe(10_000)
  expect(cpu).toBeLessThan(1000)
}, 20_000)

it('finds the webhooks of an event, however many others there are', async () => {
  const emitter = createEmitter({ webhooks: many(2000) })
  const emitAll = async () => {
    for (let index = 0; index < 200; index++) await emitter.emit({ ...tourCompleted, id: 'no_such_tour' })
  }
  await emitAll()
  // Asking each of them took a fifth of a second.
  expect(await cpuOf(emitAll)).toBeLessThan(100)
  expect(await emitter.emit({ ...tourCompleted, id: 'tour_1999' })).toHaveLength(1)
  await emitter.close()
})

it('asks the store once a second what is due, not for each of two thousand webhooks', async () => {
  let claims = 0
  let looks = 0
  const memory = memoryStore()
  const store = {
    ...memory,
    claim: (...args: Parameters<typeof memory.claim>) => {
      claims += 1
      return memory.claim(...args)
    },
    dueWebhooks: (now: number) => {
      looks += 1
      return memory.dueWebhooks(now)
    },
  }
  const { emitter, clock } = woundEmitter({ store, webhooks: many(2000) })
  await emitter.emit({ ...tourCompleted, id: 'no_such_tour' })
  const cpu = await cpuOf(async () => {
    for (let second = 0; second < 60; second++) {
      clock.wind(1000)
      await new Promise(setImmediate)
    }
  })
  expect(claims).toBe(0)
  expect(looks).toBeGreaterThan(30)
  // One per cent of the minute.
  expect(cpu).toBeLessThan(600)
  await emitter.close()
})

it('takes what another process changes, and only that', async () => {
  const store = { ...memoryStore(), close: async () => {} }
  const one = createRegistry({ webhooks: many(3), store, clock: systemClock })
  const other = createRegistry({ webhooks: many(3), store, clock: systemClock })
  await Promise.all([one.load(), other.load()])
  const untouched = other.get('webhook_1')
  await one.change('webhook_0', record => ({ ...record, failingSince: 5 }))
  await other.load()
  expect(other.get('webhook_0')?.failingSince).toBe(5)
  expect(other.get('webhook_1')).toBe(untouched)
})

it('forgets a webhook that another process has removed', async () => {
  const store = { ...memoryStore(), close: async () => {} }
  const one = createEmitter({ store })
  const other = woundEmitter({ store })
  await one.webhooks.create({ id: 'leads', url: 'https://crm.example/', events: ['tour_completed'] })
  expect(await other.emitter.webhooks.get('leads')).toBeDefined()
  await one.webhooks.remove('leads')
  expect(await other.emitter.webhooks.get('leads')).toBeUndefined()
  expect(await other.emitter.emit(tourCompleted)).toEqual([])
  await Promise.all([one.close(), other.emitter.close()])
})
