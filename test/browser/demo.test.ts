import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Demo, startDemo } from '../../examples/demo/demo.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'

declare global {
  interface Window {
    axe: typeof import('axe-core')
  }
}

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser('chromium')
})

afterAll(() => browser.close())

/** A demo of its own for each test, so that nothing waits from the one before. */
async function openDemo(): Promise<{ demo: Demo; page: BrowserPage; panel: BrowserPage }> {
  const demo = await startDemo({ port: 0 })
  onTestFinished(() => demo.close())
  const panel = await open(demo.panel)
  const page = await open(demo.site)
  await page.waitFor(() => window.tourhook && !Array.isArray(window.tourhook))
  return { demo, page, panel }
}

async function open(url: string): Promise<BrowserPage> {
  const page = await browser.newPage()
  onTestFinished(async () => {
    const own = page.errors.filter(error => !/blocked by CORS policy|Failed to load resource/.test(error))
    await page.close()
    expect(own).toEqual([])
  })
  await page.goto(url)
  return page
}

interface Shown {
  path: string
  marks: string
  status: string
  id: string
  body: string
}

/** What the panel shows at a path, the newest first, once there is something that its marks or its status say. */
async function shown(panel: BrowserPage, path: string, mark = ''): Promise<Shown[]> {
  const found = await panel.waitFor(
    (path, mark) => {
      const items = Array.from(document.querySelectorAll('#arrivals > li:not([data-travel="preflight"])'))
      const textIn = (item: Element, selector: string) => item.querySelector(selector)?.textContent ?? ''
      const all = items.map(item => ({
        path: textIn(item, 'b'),
        marks: textIn(item, '.marks'),
        status: textIn(item, '.status'),
        id: textIn(item, '.id'),
        body: textIn(item, 'pre'),
      }))
      const here = all.filter(item => item.path === path)
      return here.some(({ marks, status }) => `${marks} ${status}`.includes(mark)) && here
    },
    path,
    mark,
  )
  return found || []
}

async function takeWelcomeTour(page: BrowserPage): Promise<void> {
  await page.click('.hero [data-tour="welcome"]')
  await page.type('.step select', 'Surveyor')
  await page.click('.step [value="2 to 9"]')
  await page.click('.step-next')
  await page.waitFor(() => document.querySelector('.step[data-type="pointer"]'))
  await page.click('.step-next')
  await page.click('.step-next')
  await page.waitFor(() => document.querySelector('.step[data-type="slideout"]'))
  await page.click('.step [value="4"]')
  await page.type('.step textarea', 'Offline maps')
  await page.click('.step-next')
}

const outbox = (page: BrowserPage, count: string) =>
  page.waitFor(count => document.querySelector('#pending')?.textContent === count, count)

async function faultsIn(page: BrowserPage): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  // What fades in is too pale for a moment.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => 0))
  await page.evaluate(new Function(axe) as () => void)
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { iframes: false })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
  })
}

test('a visitor takes the tour, and the answers are in the panel', async () => {
  const { page, panel } = await openDemo()
  await takeWelcomeTour(page)

  const [arrival] = await shown(panel, '/hooks/welcome')
  expect(arrival).toMatchObject({ marks: 'JSON, after a preflight', status: '200' })
  expect(JSON.parse(arrival?.body ?? '')).toMatchObject({
    id: arrival?.id,
    userId: 'user_123',
    data: {
      plan: 'Trial',
      role: 'Surveyor',
      crew: '2 to 9',
      rating: 4,
      note: 'Offline maps',
      sites: '4 sites',
    },
  })
  await outbox(page, '0')
  await page.waitFor(() =>
    document.querySelector('.log [data-event="delivered"] code')?.textContent?.includes('welcome'),
  )
  await page.waitFor(() => document.querySelector('#dock-arrived')?.textContent === '1 arrived')
})

test('a completed tour is told from server to server, with its signature', async () => {
  const { page, panel } = await openDemo()
  await takeWelcomeTour(page)
  await page.click('.step-next')

  const [arrival] = await shown(panel, '/hooks/tour-completed')
  expect(arrival?.marks).toBe('server to serversignature ✓')
  expect(JSON.parse(arrival?.body ?? '')).toMatchObject({
    events: [{ name: 'tour_completed', id: 'welcome' }],
    data: { plan: 'Trial' },
  })
})

test('while the receiver answers 503 the message waits, and arrives with the same id', async () => {
  const { page, panel } = await openDemo()
  await panel.click('[value="503"]')
  await takeWelcomeTour(page)
  await shown(panel, '/hooks/welcome', '2nd time')
  await outbox(page, '1')
  await panel.click('[value="200"]')

  const tries = await shown(panel, '/hooks/welcome', '200')
  expect(new Set(tries.map(({ id }) => id)).size).toBe(1)
  expect(
    tries
      .map(({ status }) => status)
      .toReversed()
      .slice(0, 2),
  ).toEqual(['503', '503'])
  expect(tries.filter(({ status }) => status === '200')).toHaveLength(1)
  await outbox(page, '0')
})

test('a message that waits outlives the page', async () => {
  const { demo, page, panel } = await openDemo()
  await panel.click('[value="429"]')
  await takeWelcomeTour(page)
  const [first] = await shown(panel, '/hooks/welcome', '429')
  // Once the page has its answer, it waits for three seconds.
  await page.waitFor(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/welcome')),
  )
  await page.goto('about:blank')
  await panel.click('[value="200"]')
  await page.goto(demo.site)

  const [latest] = await shown(panel, '/hooks/welcome', '200')
  expect(latest?.id).toBe(first?.id)
})

test('without CORS the preflight is refused, and the message comes as a simple request', async () => {
  const { page, panel } = await openDemo()
  await takeWelcomeTour(page)
  await shown(panel, '/hooks/welcome', '200')
  await page.click('.step-next')
  await panel.click('#clear')
  await panel.click('[name="cors"]')
  await panel.waitFor(() => document.querySelector('#meaning')?.textContent?.includes('Without CORS'))
  await page.waitFor(() => !Object.keys(localStorage).some(key => key.includes('transport:')))
  await takeWelcomeTour(page)

  const arrivals = await shown(panel, '/hooks/welcome')
  expect(arrivals).toMatchObject([{ marks: 'simple request, text/plain', status: '200' }])
  await panel.waitFor(() =>
    document.querySelector('[data-travel="preflight"]')?.textContent?.includes('No CORS here'),
  )
})

test('who leaves the crew tour early is told of by its closed webhook', async () => {
  const { page, panel } = await openDemo()
  await page.click('.hero [data-tour="crew"]')
  await page.type('.step [name="lead"]', 'Grace Hopper')
  await page.press('Enter')
  await page.waitFor(() => document.querySelector('.step[data-type="pointer"]'))
  await page.press('Escape')

  const [arrival] = await shown(panel, '/hooks/left-early')
  expect(JSON.parse(arrival?.body ?? '').data).toMatchObject({ leftAt: 'gear', lead: 'Grace Hopper' })
  expect(await page.evaluate(() => document.querySelector('.step'))).toBeNull()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-tour'))).toBe('crew')
})

test('who takes the crew tour to its end is relayed by the companion, which signs', async () => {
  const { page, panel } = await openDemo()
  await page.click('.hero [data-tour="crew"]')
  await page.type('.step [name="lead"]', 'Grace Hopper')
  await page.press('Enter')
  await page.waitFor(() => document.querySelector('.step[data-type="pointer"]'))
  await page.click('.step-next')
  await page.click('.step [value="Move visits"]')
  await page.click('.step-next')

  const [arrival] = await shown(panel, '/hooks/crew-lead')
  expect(arrival?.marks).toBe('relayed by the companionsignature ✓')
  expect(JSON.parse(arrival?.body ?? '').data).toMatchObject({ lead: 'Grace Hopper', rights: ['Move visits'] })
})

test('the pulse goes by GET, its answer as a query parameter', async () => {
  const { page, panel } = await openDemo()
  await page.click('.foot [data-tour="pulse"]')
  await page.click('.step [value="9"]')
  await page.click('.step-next')

  const [arrival] = await shown(panel, '/hooks/pulse')
  expect(arrival?.marks).toBe('GET, as query parameters')
  expect(JSON.parse(arrival?.body ?? '')).toMatchObject({
    source: 'fieldnote',
    score: '9',
    messageId: arrival?.id,
  })
})

test('after a 410 the companion’s webhook works again once the receiver does', async () => {
  const { page, panel } = await openDemo()
  await panel.click('[value="410"]')
  await takeWelcomeTour(page)
  await page.waitFor(() => document.querySelector('.log [data-event="failed"]'))
  await page.click('.step-next')
  await shown(panel, '/hooks/tour-completed', '410')
  await panel.click('[value="200"]')
  await takeWelcomeTour(page)
  await page.click('.step-next')

  await shown(panel, '/hooks/tour-completed', '200')
})

test('axe finds no fault in the page, its steps and the panel', async () => {
  const { page, panel } = await openDemo()
  expect(await faultsIn(page)).toEqual([])
  await page.click('.hero [data-tour="crew"]')
  expect(await faultsIn(page)).toEqual([])
  await page.type('.step [name="lead"]', 'Grace Hopper')
  await page.press('Enter')
  await page.waitFor(() => document.querySelector('.step[data-type="pointer"]'))
  expect(await faultsIn(page)).toEqual([])
  await page.press('Escape')
  await shown(panel, '/hooks/left-early')
  expect(await faultsIn(panel)).toEqual([])
})

test('a taken port is passed over for the next free one', async () => {
  const first = await startDemo({ port: 0 })
  onTestFinished(() => first.close())
  const taken = Number(new URL(first.site).port)
  const second = await startDemo({ port: taken })
  onTestFinished(() => second.close())

  expect(Number(new URL(second.site).port)).toBeGreaterThan(taken)
})
