import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTourhook, startTours, type Tourhook } from '../../src/index.ts'
import type { Start } from '../../src/schema/start.ts'

const undos: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  sessionStorage.clear()
  document.body.replaceChildren()
  history.replaceState(null, '', '/')
})

afterEach(() => {
  for (const undo of undos.splice(0).reverse()) undo()
  vi.useRealTimers()
})

/** A page with these tours; the ids of those that have started so far. */
async function openPage(starts: Record<string, Start>, tags: Record<string, unknown> = {}) {
  const tours = Object.entries(starts).map(([id, start]) => ({
    id,
    steps: [{ id: 'only', type: 'modal' as const }],
    start,
  }))
  const tourhook = createTourhook({ tours }, { tags: () => tags })
  const started: string[] = []
  tourhook.on('started', ({ tour }) => started.push(tour))
  const stop = startTours(tourhook)
  undos.push(tourhook.destroy, stop)
  await pass()
  return { tourhook, started, tags, stop }
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

/** Ends a tour, so that the next may start. */
async function close(tourhook: Tourhook, tour: string) {
  tourhook.start(tour)?.close()
  await pass()
}

function addElement(id: string) {
  const made = document.createElement('button')
  made.id = id
  document.body.append(made)
  return made
}

test('a tour without conditions starts on every page', async () => {
  const { started } = await openPage({ hello: {} })
  expect(started).toEqual(['hello'])
})

test('a tour starts where its path matches, and nowhere else', async () => {
  history.replaceState(null, '', '/projects/7')
  const { started } = await openPage({ there: { url: '/settings' }, here: { url: '/projects/*' } })
  expect(started).toEqual(['here'])
})

test('navigation within the page is seen', async () => {
  const { started } = await openPage({ projects: { url: '/projects' } })
  expect(started).toEqual([])
  history.pushState(null, '', '/projects')
  await pass()
  expect(started).toEqual(['projects'])
})

test('tags that come late count', async () => {
  const { started, tags } = await openPage({ pro: { tags: { plan: { is: 'pro' } } } })
  expect(started).toEqual([])
  tags.plan = 'pro'
  await pass(1_000)
  expect(started).toEqual(['pro'])
})

test('a tour waits for its element', async () => {
  const { started } = await openPage({ board: { element: '#board' } })
  expect(started).toEqual([])
  addElement('board')
  await pass()
  expect(started).toEqual(['board'])
})

test('a tour waits for an event on its element, also one that comes later', async () => {
  const { started } = await openPage({ help: { element: '#help', event: 'click' } })
  const help = addElement('help')
  addElement('other').click()
  await pass()
  expect(started).toEqual([])
  help.click()
  await pass()
  expect(started).toEqual(['help'])
})

test('a tour waits for an event on the document', async () => {
  const { started } = await openPage({ bought: { event: 'shop:bought' } })
  document.dispatchEvent(new CustomEvent('shop:bought'))
  await pass()
  expect(started).toEqual(['bought'])
})

test('a tour waits for its delay', async () => {
  const { started } = await openPage({ later: { delayMs: 3_000 } })
  await pass(2_999)
  expect(started).toEqual([])
  await pass(1)
  expect(started).toEqual(['later'])
})

test('what held before the delay must hold after it', async () => {
  const { started, tags } = await openPage(
    { later: { tags: { plan: { is: 'pro' } }, delayMs: 3_000 } },
    { plan: 'pro' },
  )
  tags.plan = 'free'
  await pass(10_000)
  expect(started).toEqual([])
})

test('every condition must hold', async () => {
  const { started, tags } = await openPage({
    all: { url: '/projects', tags: { plan: { is: 'pro' } }, element: '#board' },
  })
  addElement('board')
  tags.plan = 'pro'
  await pass(1_000)
  expect(started).toEqual([])
  history.pushState(null, '', '/projects')
  await pass()
  expect(started).toEqual(['all'])
})

test('a user sees a tour once, another user sees it too', async () => {
  const first = await openPage({ hello: {} }, { userId: 'ada' })
  await close(first.tourhook, 'hello')
  first.stop()

  const again = await openPage({ hello: {} }, { userId: 'ada' })
  expect(again.started).toEqual([])
  again.stop()

  const other = await openPage({ hello: {} }, { userId: 'bob' })
  expect(other.started).toEqual(['hello'])
})

test('a tour that is not once starts again on each page, not again on the same', async () => {
  const { started, tourhook } = await openPage({ often: { once: false } })
  await close(tourhook, 'often')
  await pass(60_000)
  expect(started).toEqual(['often'])
  history.pushState(null, '', '/next')
  await pass()
  expect(started).toEqual(['often', 'often'])
})

test('a tour that is not once starts at each of its events', async () => {
  const { started, tourhook } = await openPage({ help: { element: '#help', event: 'click', once: false } })
  const help = addElement('help')
  help.click()
  await pass()
  await close(tourhook, 'help')
  help.click()
  await pass()
  expect(started).toEqual(['help', 'help'])
})

test('tours start one after the other', async () => {
  const { started, tourhook } = await openPage({ first: {}, second: {} })
  expect(started).toEqual(['first'])
  await close(tourhook, 'first')
  expect(started).toEqual(['first', 'second'])
})

test('a run that goes on from the page before keeps other tours waiting', async () => {
  const before = await openPage({ first: {} })
  before.stop()
  before.tourhook.destroy()
  const { started } = await openPage({ first: {}, second: {} })
  expect(started).toEqual([])
})

test('a tour that the page has started before keeps other tours waiting', async () => {
  const tourhook = createTourhook({
    tours: [
      { id: 'own', steps: [{ type: 'modal' }] },
      { id: 'second', steps: [{ type: 'modal' }], start: {} },
    ],
  })
  const started: string[] = []
  tourhook.on('started', ({ tour }) => started.push(tour))
  tourhook.start('own')
  undos.push(tourhook.destroy, startTours(tourhook))
  await pass()
  expect(started).toEqual(['own'])
  await close(tourhook, 'own')
  expect(started).toEqual(['own', 'second'])
})

test('without consent a tour starts once a page, and nothing is stored', async () => {
  const tourhook = createTourhook(
    { tours: [{ id: 'hello', steps: [{ type: 'modal' }], start: {} }] },
    { consent: false },
  )
  const started: string[] = []
  tourhook.on('started', ({ tour }) => started.push(tour))
  undos.push(tourhook.destroy, startTours(tourhook))
  await pass()
  await close(tourhook, 'hello')
  await pass(60_000)
  expect(started).toEqual(['hello'])
  expect(localStorage).toHaveLength(0)
})

test('an invalid selector is announced and stops no other tour', async () => {
  const errors: Error[] = []
  const tourhook = createTourhook({
    tours: [
      { id: 'bad', steps: [{ type: 'modal' }], start: { element: '##' } },
      { id: 'good', steps: [{ type: 'modal' }], start: {} },
    ],
  })
  const started: string[] = []
  tourhook.on('error', ({ error }) => errors.push(error))
  tourhook.on('started', ({ tour }) => started.push(tour))
  undos.push(tourhook.destroy, startTours(tourhook))
  await pass()
  expect(errors).toHaveLength(1)
  expect(started).toEqual(['good'])
})

test('an invalid selector of an event’s element is announced once, and throws at no event', async () => {
  const errors: Error[] = []
  const tourhook = createTourhook({
    tours: [{ id: 'bad', steps: [{ type: 'modal' }], start: { element: '##', event: 'click' } }],
  })
  tourhook.on('error', ({ error }) => errors.push(error))
  undos.push(tourhook.destroy, startTours(tourhook))
  const uncaught = vi.fn((event: Event) => event.preventDefault())
  window.addEventListener('error', uncaught)
  for (const _ of ['first', 'second']) {
    addElement('help').click()
    await pass()
  }
  window.removeEventListener('error', uncaught)
  expect(errors).toHaveLength(1)
  expect(uncaught).not.toHaveBeenCalled()
})

test('navigation leaves no listener of a tour whose tags never came', async () => {
  const add = vi.spyOn(document, 'addEventListener')
  const { stop } = await openPage({ pro: { tags: { plan: { is: 'pro' } }, event: 'click' } })
  history.pushState(null, '', '/next')
  await pass()
  stop()
  await pass(1_000)
  expect(add.mock.calls.filter(([name]) => name === 'click')).toEqual([])
  add.mockRestore()
})

test('after the undo, no tour starts', async () => {
  const { started, stop } = await openPage({ later: { delayMs: 10 }, board: { element: '#board' } })
  stop()
  addElement('board')
  await pass(60_000)
  expect(started).toEqual([])
})

test.each([{ welcome: { start: {} } }, [null, { id: 'welcome', steps: [{ type: 'modal' }], start: {} }]])(
  'tours that are no list, or no tours, are told and stop nothing: %j',
  async tours => {
    const errors: unknown[] = []
    const tourhook = createTourhook({ tours } as never)
    tourhook.on('error', ({ error }) => errors.push(error))
    undos.push(tourhook.destroy, startTours(tourhook))
    await pass()
    expect(errors.map(String)).toEqual([expect.stringContaining('expected "tours" to be a list of objects')])
    expect(tourhook.runs().map(({ tour }) => tour.id)).toEqual(Array.isArray(tours) ? ['welcome'] : [])
  },
)
