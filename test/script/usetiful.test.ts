import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../src/schema/config.ts'
import { installUsetiful, type Usetiful, usetifulTags } from '../../src/script/usetiful.ts'
import { createTourhook, type Tourhook } from '../../src/tourhook.ts'

const config: Config = {
  webhooks: [],
  tours: [
    {
      id: '1234',
      steps: [
        { type: 'modal', id: 'hello', title: 'Hi {firstName}' },
        { type: 'modal', id: 'more' },
        { type: 'modal', id: 'bye' },
      ],
    },
  ],
}

let tourhook: Tourhook
let uninstall: () => void
let usetiful: Usetiful
let told: string[]

beforeEach(() => {
  window.usetifulTags = { userId: 'user_123', firstName: 'Ada' }
  tourhook = createTourhook(config, { tags: usetifulTags })
  told = []
  tourhook.on('step', ({ step }) => told.push(`${step.id} ${step.title}`))
  tourhook.on('completed', () => told.push('completed'))
  tourhook.on('closed', () => told.push('closed'))
  uninstall = installUsetiful(tourhook)
  usetiful = window.USETIFUL as Usetiful
})

afterEach(() => {
  uninstall()
  tourhook.destroy()
  localStorage.clear()
  sessionStorage.clear()
})

test('starts a tour by its number and reads the tags that the page has set', () => {
  usetiful.tour.start(1234)
  expect(told).toEqual(['hello Hi Ada'])
})

test('goes through the tour, and nextStep on the last step completes it', () => {
  usetiful.tour.start('1234')
  usetiful.tour.nextStep()
  usetiful.tour.preStep()
  usetiful.tour.jumpTo(3)
  usetiful.tour.nextStep()
  expect(told).toEqual(['hello Hi Ada', 'more ', 'hello Hi Ada', 'bye ', 'completed'])
})

test('starts at the step that is asked for, counted from 1', () => {
  usetiful.tour.start(1234, false, 2)
  expect(told.at(-1)).toBe('more ')
})

test('closes the tour', () => {
  usetiful.tour.start(1234)
  usetiful.tour.close()
  expect(told).toEqual(['hello Hi Ada', 'closed'])
})

test('does nothing where no tour is under way', () => {
  usetiful.tour.nextStep()
  usetiful.tour.close()
  expect(told).toEqual([])
})

test('goes on with the tour that the page before has left', async () => {
  usetiful.tour.start(1234)
  uninstall()
  tourhook.destroy()
  const nextPage = createTourhook(config, { tags: usetifulTags })
  const undo = installUsetiful(nextPage)
  const step = new Promise(resolve => nextPage.on('step', resolve))
  await step
  const next = new Promise<{ index: number }>(resolve => nextPage.on('step', resolve))
  window.USETIFUL?.tour.nextStep()
  expect((await next).index).toBe(1)
  undo()
  nextPage.destroy()
})

test('drives the tour that was under way before it was there', () => {
  uninstall()
  tourhook.start('1234')
  uninstall = installUsetiful(tourhook)
  window.USETIFUL?.tour.nextStep()
  window.USETIFUL?.tour.close()
  expect(told).toEqual(['hello Hi Ada', 'more ', 'closed'])
})

test('sets and removes tags, a late one of the page included', () => {
  usetiful.user.setTag('plan', 'pro')
  usetiful.user.setTags({ seats: 3, trial: true })
  window.usetifulTags = { ...window.usetifulTags, role: 'Developer' }
  usetiful.user.removeTag('firstName')
  expect(tourhook.tags.get()).toEqual({
    userId: 'user_123',
    role: 'Developer',
    plan: 'pro',
    seats: 3,
    trial: true,
  })
  usetiful.user.removeAllTags()
  expect(tourhook.tags.get()).toEqual({})
})

test('says who the visitor is, as a text, and forgets it', () => {
  usetiful.user.setId(42)
  usetiful.reinitialize()
  expect(tourhook.tags.get('userId')).toBe('42')
  usetiful.user.setId(null)
  expect(tourhook.tags.get('userId')).toBeUndefined()
})

test('leaves the page as it was after the undo', () => {
  uninstall()
  expect('USETIFUL' in window).toBe(false)
})
