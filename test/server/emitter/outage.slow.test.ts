import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createReceiver, type Receiver } from '../../support/receiver.ts'
import { heard, woundEmitter } from '../support/emitter.ts'
import { tourCompleted, webhookTo } from '../support/webhook.ts'

const waiting = 10_000
let receiver: Receiver

beforeAll(async () => {
  receiver = await createReceiver()
})
afterAll(() => receiver.close())

it('sends ten thousand messages, once each, when an endpoint that was down is back', async () => {
  const { emitter, clock } = woundEmitter({ webhooks: [webhookTo(receiver.url())] })
  const attempts = heard(emitter, 'attempt')
  await receiver.down()
  for (let index = 0; index < 4; index++) await emitter.emit({ ...tourCompleted, userId: 'early' })
  await attempts.reaches(4)
  // An outage goes on for hours; what comes waits for the next step of the schedule.
  receiver.script({ answer: { status: 503 } })
  await emitter.webhooks.disable('crm')
  for (let index = 4; index < waiting; index += 100) {
    await Promise.all(Array.from({ length: Math.min(100, waiting - index) }, () => emitter.emit(tourCompleted)))
  }
  clock.wind(5000)
  await receiver.up()
  receiver.script({ answer: { status: 200 } })

  const delivered = heard(emitter, 'delivered')
  await emitter.webhooks.enable('crm')
  await vi.waitFor(() => expect(delivered.events).toHaveLength(waiting), { timeout: 60_000, interval: 20 })
  const ids = receiver.requests.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(waiting)
  expect(ids).toHaveLength(waiting)
  await emitter.close()
}, 90_000)
