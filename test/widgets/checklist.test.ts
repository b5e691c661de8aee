import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createChecklist, createTourhook, type Tourhook } from '../../src/index.ts'

const config = {
  tours: [{ id: 'welcome', steps: [{ type: 'modal' as const }] }],
  checklists: [
    {
      id: 'first',
      title: 'Getting started',
      items: [{ id: 'tour', title: 'Take the tour', tour: 'welcome' }, { id: 'invite' }],
    },
  ],
}
const opened: Tourhook[] = []

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => {
  for (const tourhook of opened.splice(0)) tourhook.destroy()
})

/** A page of a user; what the companion is told on it is recorded. */
function openPage(userId = 'ada') {
  const requests: { events: { name: string }[] }[] = []
  const tourhook = createTourhook(config, {
    tags: { userId },
    server: 'https://companion.example',
    fetch: async (input, init) => {
      requests.push(await new Request(input, init).json())
      return new Response()
    },
  })
  opened.push(tourhook)
  const events = () =>
    requests.flatMap(({ events }) => events).filter(({ name }) => name.startsWith('checklist'))
  return { tourhook, checklist: createChecklist(tourhook, 'first'), events }
}

test('begins with nothing done', () => {
  const { checklist } = openPage()
  expect(checklist.title).toBe('Getting started')
  expect(checklist.items).toEqual([
    { id: 'tour', title: 'Take the tour', tour: 'welcome', isCompleted: false },
    { id: 'invite', title: 'invite', tour: undefined, isCompleted: false },
  ])
  expect(checklist.progress).toEqual({ completed: 0, total: 2 })
})

test('an item is completed once, and the companion hears of it', async () => {
  const { checklist, events } = openPage()
  checklist.complete('invite')
  checklist.complete('invite')
  expect(checklist.progress).toEqual({ completed: 1, total: 2 })
  await vi.waitFor(() =>
    expect(events()).toEqual([{ name: 'checklist_item_completed', id: 'invite', checklist: 'first' }]),
  )
})

test('an item is completed when its tour is, not when that is closed', () => {
  const { tourhook, checklist } = openPage()
  checklist.start('tour')
  tourhook.start('welcome')?.close()
  expect(checklist.progress.completed).toBe(0)
  checklist.start('tour')
  tourhook.start('welcome')?.next()
  expect(checklist.progress.completed).toBe(1)
})

test('is completed when all of its items are', () => {
  const { checklist } = openPage()
  checklist.complete('invite')
  expect(checklist.isCompleted).toBe(false)
  checklist.complete('tour')
  expect(checklist.isCompleted).toBe(true)
})

test('is dismissed once, and the companion hears of it', async () => {
  const { checklist, events } = openPage()
  checklist.dismiss()
  checklist.dismiss()
  expect(checklist.isDismissed).toBe(true)
  await vi.waitFor(() => expect(events()).toEqual([{ name: 'checklist_dismissed', id: 'first' }]))
})

test('dismissing what another tab has dismissed is heard, so that what is drawn here can go', () => {
  const { checklist } = openPage()
  const listener = vi.fn()
  checklist.onChange(listener)
  openPage().checklist.dismiss()
  checklist.dismiss()
  expect(listener).toHaveBeenCalledTimes(1)
})

test('is kept for each user', () => {
  openPage('ada').checklist.complete('invite')
  expect(openPage('ada').checklist.progress.completed).toBe(1)
  expect(openPage('bob').checklist.progress.completed).toBe(0)
})

test('listeners hear of each change, until their undo', () => {
  const { checklist } = openPage()
  const listener = vi.fn()
  const undo = checklist.onChange(listener)
  checklist.complete('invite')
  undo()
  checklist.complete('tour')
  expect(listener).toHaveBeenCalledTimes(1)
})

test('a listener that throws is announced and stops no other', () => {
  const { checklist, tourhook } = openPage()
  const onError = vi.fn()
  const listener = vi.fn()
  tourhook.on('error', onError)
  checklist.onChange(() => {
    throw new Error('broken')
  })
  checklist.onChange(listener)
  checklist.complete('invite')
  expect(onError).toHaveBeenCalledTimes(1)
  expect(listener).toHaveBeenCalledTimes(1)
})

test('after it is destroyed, tours complete nothing', () => {
  const { tourhook, checklist } = openPage()
  checklist.destroy()
  tourhook.start('welcome')?.next()
  expect(checklist.progress.completed).toBe(0)
})

test('says which checklist or item there is not', () => {
  const { tourhook, checklist } = openPage()
  expect(() => createChecklist(tourhook, 'nope')).toThrow('no checklist has the id "nope"')
  expect(() => checklist.complete('nope')).toThrow('no item of checklist "first" has the id "nope"')
})
