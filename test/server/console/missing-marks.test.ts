import { expect, it } from 'vitest'
import { activityOf } from '../../support/companion.ts'
import { startConsole } from '../../support/console.ts'
import { handWoundClock } from '../support/clock.ts'

const tours = [
  {
    id: 'welcome',
    steps: [
      { id: 'new', type: 'pointer' as const, element: '#new' },
      { type: 'pointer' as const, element: '#old' },
      { id: 'bye', type: 'modal' as const },
    ],
  },
]

async function startMarked() {
  const clock = handWoundClock()
  const started = await startConsole({ clock, config: () => ({ tours }) })
  const owner = await started.signIn()
  const report = (changes: object = {}, id = activityOf().id) =>
    started.post('/v1/events', {
      ...activityOf({
        id,
        userId: null,
        timestamp: new Date(clock.now()).toISOString(),
        events: [{ name: 'step_not_found', id: 'welcome', step: 'new', path: '/pricing', ...changes }],
      }),
    })
  return { ...started, clock, owner, report }
}

const text = (html: string) => html.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')

it('marks a step whose element was not found of late: how often, and where last', async () => {
  const { owner, report, clock } = await startMarked()
  expect(text((await owner.get('tours/welcome/steps/new')).html)).not.toContain('not found')
  for (let count = 0; count < 11; count += 1) await report({ path: '/' })
  expect((await report()).status).toBe(202)
  clock.wind(2 * 3_600_000)
  const words = 'not found 12 times in the last 7 days, last on /pricing 2 h ago'
  const { html } = await owner.get('tours/welcome/steps/new')
  expect(text(html)).toContain(`Its element was ${words}. Visitors went on without this step.`)
  expect(text((await owner.get('tours/welcome')).html)).toContain(words)
  expect(text((await owner.get('tours')).html)).toContain('1 step not found')
})

it('marks a step without an id by its place', async () => {
  const { owner, report } = await startMarked()
  await report({ step: '1' })
  expect(text((await owner.get('tours/welcome/steps/step-2')).html)).toContain('not found once')
  expect(text((await owner.get('tours/welcome/steps/new')).html)).not.toContain('Its element was not found')
})

it('marks nothing seven days later', async () => {
  const { owner, report, clock } = await startMarked()
  await report()
  clock.wind(7 * 86_400_000)
  expect(text((await owner.get('tours')).html)).not.toContain('not found')
})

it('counts a repeat once, and emits none of the ten events for it', async () => {
  const { owner, report, emitter } = await startMarked()
  const { id } = activityOf()
  const answers = [await report({}, id), await report({}, id)]
  expect(answers.map(({ json }) => json.counted)).toEqual([true, false])
  expect(text((await owner.get('tours')).html)).toContain('1 step not found')
  expect(text((await owner.get('tours/welcome/steps/new')).html)).toContain('not found once')
  expect((await emitter.deliveries.list({})).deliveries).toEqual([])
})

it.each([
  ['another tour', { id: 'none' }],
  ['another step', { step: 'none' }],
  ['a step that points at nothing', { step: 'bye' }],
])('shows nothing of %s', async (_, changes) => {
  const { owner, report } = await startMarked()
  expect((await report(changes)).status).toBe(202)
  expect(text((await owner.get('tours/welcome')).html)).not.toContain('not found')
  expect(text((await owner.get('tours')).html)).not.toContain('not found')
})

it('shows a path that is markup as the text that it is', async () => {
  const { owner, report } = await startMarked()
  await report({ path: '/<img src=x onerror=alert(1)>' })
  const { html } = await owner.get('tours/welcome')
  expect(html).toContain('/&lt;img src=x onerror=alert(1)&gt;')
})

it('takes no more than a path’s beginning', async () => {
  const { report } = await startMarked()
  expect((await report({ path: `/${'x'.repeat(300)}` })).status).toBe(422)
})

it('takes the activity although the mark can’t be kept', async () => {
  const { owner, report, emitter } = await startMarked()
  await emitter.apply({
    once: 'odd',
    key: 'missing:welcome',
    change: () => ({ value: 'no list', events: [] }),
  })
  expect((await report()).status).toBe(202)
  expect(text((await owner.get('tours')).html)).toContain('1 step not found')
})

it('counts a flood of reports at once without losing any', async () => {
  const { owner, report } = await startMarked()
  await Promise.all(Array.from({ length: 50 }, () => report()))
  expect(text((await owner.get('tours/welcome/steps/new')).html)).toContain('not found 50 times')
})
