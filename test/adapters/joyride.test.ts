import { beforeEach, expect, test } from 'vitest'
import { attachJoyride, type JoyrideEvent } from '../../src/adapters/index.ts'
import type { Config } from '../../src/schema/config.ts'
import { createTourhook } from '../../src/tourhook.ts'

const data = { outcome: { tour: 'outcome' } } as const
const trigger = { type: 'webhook', webhook: 'crm', data } as const
const config: Config = {
  webhooks: [{ id: 'crm', url: 'http://127.0.0.1:9/none', transport: 'simple' }],
  tours: [
    {
      id: 'welcome',
      triggers: [
        { on: 'completed', trigger },
        { on: 'closed', trigger },
      ],
    },
  ],
}
const tourhook = createTourhook(config, { fetch: async () => new Response() })
let told: string[] = []
for (const name of ['started', 'completed', 'closed'] as const) tourhook.on(name, () => told.push(name))

let tell: (event: Partial<JoyrideEvent>) => void

beforeEach(() => {
  told = []
  const { onEvent } = attachJoyride(tourhook, { tour: 'welcome' })
  tell = event =>
    onEvent({ type: '', action: 'update', index: 0, origin: null, status: 'running', step: {}, ...event })
  tell({ type: 'tour:start', action: 'start' })
  tell({ type: 'tooltip' })
})

test('tells closed when a controlled tour is stopped right after the close button', () => {
  tell({ type: 'step:after', action: 'close', origin: 'button_close' })
  tell({ type: 'tour:status', action: 'stop', status: 'paused' })
  expect(told).toEqual(['started', 'closed'])
})

test('goes on with the same run when a pause is over', () => {
  tell({ type: 'tour:status', action: 'stop', status: 'paused' })
  tell({ type: 'tour:start', action: 'start' })
  tell({ type: 'tooltip', index: 1 })
  expect(told).toEqual(['started'])
  tell({ type: 'tour:end', status: 'finished' })
  expect(told).toEqual(['started', 'completed'])
})

test('tells completed when the primary button closes the last step of a tour that is not continuous', () => {
  tell({ type: 'step:after', action: 'close', origin: 'button_primary' })
  tell({ type: 'tour:end', status: 'finished' })
  expect(told).toEqual(['started', 'completed'])
})

test('tells closed when the tour is skipped, or reset', () => {
  tell({ type: 'tour:end', action: 'skip', status: 'skipped' })
  tell({ type: 'tour:status', action: 'reset', status: 'ready' })
  expect(told).toEqual(['started', 'closed'])
  tell({ type: 'tooltip' })
  tell({ type: 'tour:status', action: 'reset', status: 'ready' })
  expect(told).toEqual(['started', 'closed', 'started', 'closed'])
})

test('sends a message that says whether the tour was completed or closed', () => {
  const sent: unknown[] = []
  const undo = tourhook.on('queued', ({ message }) => {
    if ('data' in message) sent.push([message.events[0]?.on, message.data.outcome])
  })
  tell({ type: 'tour:end', status: 'finished' })
  tell({ type: 'tooltip' })
  tell({ type: 'tour:end', action: 'skip', status: 'skipped' })
  undo()
  expect(sent).toEqual([
    ['completed', 'completed'],
    ['closed', 'closed'],
  ])
})
