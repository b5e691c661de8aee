import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Demo, startDemo } from '../../examples/demo/demo.ts'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'

/** The page's. */
declare const tourhook: FullTourhook
declare const axe: typeof import('axe-core')

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})

interface Opened {
  demo: Demo
  /** The desk, with the product's page and the receiver's panel in it. */
  page: Page
  product: FrameLocator
  panel: FrameLocator
}

/** A demo of its own for each test, so that nothing waits from the one before. */
async function openDemo(): Promise<Opened> {
  const demo = await startDemo({ port: 0 })
  onTestFinished(() => demo.close())
  const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } })
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  onTestFinished(async () => {
    await page.close()
    expect(faults.filter(fault => !/blocked by CORS policy|Failed to load resource/.test(fault))).toEqual([])
  })
  await page.goto(demo.site)
  await productFrame(page)
  return { demo, page, product: page.frameLocator('#product'), panel: page.frameLocator('.receiver') }
}

/** The product's frame, once its tours can be started. */
async function productFrame(page: Page, drawn = 'tourhook'): Promise<Frame> {
  await page.frameLocator('#product').locator(`html[data-drawn="${drawn}"]`).waitFor()
  const handle = await page.locator('#product').elementHandle()
  const frame = await handle?.contentFrame()
  if (!frame) throw new Error('the product has no frame')
  await frame.waitForFunction(() => 'start' in (window.tourhook ?? {}))
  return frame
}

async function takeWelcomeTour({ product }: Opened): Promise<void> {
  await product.locator('.hero [data-tour="welcome"]').click()
  await product.getByLabel('What you do').selectOption('Surveyor')
  await product.getByText('2 to 9').click()
  for (const title of ['Good morning, Ada.', 'A week, one line a site', 'Plan a visit from here']) {
    await product.getByRole('dialog', { name: title }).getByRole('button', { name: 'Next' }).click()
  }
  await product.getByRole('radio', { name: '4 of 5' }).check()
  await product.getByLabel('Anything we should know?').fill('Offline maps')
  await product.getByRole('button', { name: 'Next' }).click()
  await product.getByRole('dialog', { name: 'That’s the tour, Ada.' }).waitFor()
}

interface Shown {
  marks: string
  status: string
  id: string
  body: string
}

/** What the panel shows at a path, the newest first, once there is something that its marks or its status say. */
async function shown({ panel }: Opened, path: string, mark = ''): Promise<Shown[]> {
  const items = panel.locator('#arrivals > li:not([data-travel="preflight"])', { hasText: path })
  await items
    .filter({ has: panel.getByText(mark).first() })
    .first()
    .waitFor()
  return items.evaluateAll(items =>
    items.map(item => {
      const textIn = (selector: string) => item.querySelector(selector)?.textContent ?? ''
      return { marks: textIn('.marks'), status: textIn('.status'), id: textIn('.id'), body: textIn('pre') }
    }),
  )
}

async function choose({ panel }: Opened, answer: string): Promise<void> {
  await panel.locator(`[name="answer"][value="${answer}"]`).check({ force: true })
}

const waiting = ({ page }: Opened) => expect.poll(() => page.locator('#pending').textContent())

async function faultsIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  return frame.evaluate(async () => {
    const { violations } = await axe.run(document, { iframes: false })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
  })
}

test('a visitor takes the tour, and the answers are in the panel', async () => {
  const opened = await openDemo()
  await takeWelcomeTour(opened)

  const [arrival] = await shown(opened, '/hooks/welcome')
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
  await waiting(opened).toBe('0')
  await opened.page.locator('.log [data-event="delivered"] code', { hasText: 'welcome' }).waitFor()
  expect(await opened.page.locator('.log [data-event="delivered"] code', { hasText: 'welcome' }).count()).toBe(
    1,
  )
})

test('a completed tour is told from server to server, with its signature', async () => {
  const opened = await openDemo()
  await takeWelcomeTour(opened)
  await opened.product.getByRole('button', { name: 'Done' }).click()

  const [arrival] = await shown(opened, '/hooks/tour-completed')
  expect(arrival?.marks).toBe('server to serversignature ✓')
  expect(JSON.parse(arrival?.body ?? '')).toMatchObject({
    events: [{ name: 'tour_completed', id: 'welcome' }],
    data: { plan: 'Trial' },
  })
})

test('while the receiver answers 503 the message waits, and arrives with the same id', async () => {
  const opened = await openDemo()
  await choose(opened, '503')
  await takeWelcomeTour(opened)
  await shown(opened, '/hooks/welcome', '2nd time')
  await waiting(opened).toBe('1')
  // What the last step says is true, though nothing has been delivered.
  expect(await opened.product.getByRole('dialog').textContent()).toContain('waiting for another try')
  await choose(opened, '200')

  const tries = await shown(opened, '/hooks/welcome', '200')
  expect(new Set(tries.map(({ id }) => id)).size).toBe(1)
  expect(tries.filter(({ status }) => status === '200')).toHaveLength(1)
  await waiting(opened).toBe('0')
})

test('a message that waits outlives the page', async () => {
  const opened = await openDemo()
  await choose(opened, '429')
  await takeWelcomeTour(opened)
  const [first] = await shown(opened, '/hooks/welcome', '429')
  await opened.page.locator('.log [data-event="retrying"]').first().waitFor()
  await choose(opened, '200')
  await opened.page.reload()

  const [latest] = await shown(opened, '/hooks/welcome', '200')
  expect(latest?.id).toBe(first?.id)
})

test('without CORS the preflight is refused, and the message comes as a simple request', async () => {
  const opened = await openDemo()
  await takeWelcomeTour(opened)
  await shown(opened, '/hooks/welcome', '200')
  await opened.product.getByRole('button', { name: 'Done' }).click()
  await opened.panel.getByRole('button', { name: 'Clear' }).click()
  await opened.panel.locator('[name="cors"]').uncheck({ force: true })
  await opened.panel.getByText('Without CORS').waitFor()
  await takeWelcomeTour(opened)

  const arrivals = await shown(opened, '/hooks/welcome')
  expect(arrivals).toMatchObject([{ marks: 'simple request, text/plain', status: '200' }])
  await opened.panel.getByText('No CORS here').first().waitFor()
})

/** What the page's log says of a message, and the panel of the setting. */
const settings: [answer: string, cors: boolean, event: string, meaning: string][] = [
  ['200', true, 'delivered', 'each message is delivered'],
  ['503', true, 'retrying', 'each message is tried again'],
  ['429', true, 'retrying', 'each message is tried again, after the three seconds'],
  ['410', true, 'failed', 'each message fails, and is not tried again'],
  ['hang', true, 'retrying', 'after ten seconds each message is tried again'],
  ['200', false, 'sent', 'count as sent'],
  ['503', false, 'sent', 'count as sent'],
  ['429', false, 'sent', 'count as sent'],
  ['410', false, 'sent', 'count as sent'],
  ['hang', false, 'retrying', 'after ten seconds each message is tried again'],
]

test('the panel says what is true in every setting of its switches', async () => {
  const opened = await openDemo()
  await opened.page.clock.install()
  await opened.page.reload()
  const frame = await productFrame(opened.page)
  for (const [answer, cors, event, meaning] of settings) {
    await choose(opened, answer)
    await opened.panel.locator('[name="cors"]').setChecked(cors, { force: true })
    await opened.panel.locator('#meaning', { hasText: meaning }).waitFor()

    await opened.panel.getByRole('button', { name: 'Clear' }).click()
    const sending = frame.evaluate(
      () =>
        new Promise<{ name: string; short: string | undefined }>(resolve => {
          let id: string | undefined
          tourhook.on('queued', queued => {
            id ??= queued.id
          })
          for (const name of ['delivered', 'sent', 'retrying', 'failed'] as const) {
            tourhook.on(
              name,
              event => event.id === id && resolve({ name, short: id?.split('_')[1]?.slice(-4) }),
            )
          }
          tourhook.trigger({ type: 'webhook', webhook: 'left-early' })
        }),
    )
    if (answer === 'hang') {
      await shown(opened, '/hooks/left-early', 'no answer')
      await opened.page.clock.fastForward(10_000)
    }
    const outcome = await sending
    expect(outcome.name, `${answer}, ${cors ? 'with' : 'without'} CORS`).toBe(event)
    await opened.page
      .locator(`.log [data-event="${event}"] code`, { hasText: outcome.short ?? '' })
      .first()
      .waitFor()
  }
}, 60_000)

test('who leaves the crew tour early is told of by its closed webhook', async () => {
  const opened = await openDemo()
  await opened.product.locator('.hero [data-tour="crew"]').click()
  await opened.product.getByLabel('Name').fill('Grace Hopper')
  await opened.page.keyboard.press('Enter')
  await opened.product.getByRole('dialog', { name: 'Everyone packs from one list' }).waitFor()
  await opened.page.keyboard.press('Escape')

  const [arrival] = await shown(opened, '/hooks/left-early')
  expect(JSON.parse(arrival?.body ?? '').data).toMatchObject({ leftAt: 'gear', lead: 'Grace Hopper' })
  await expect.poll(() => opened.product.getByRole('dialog').count()).toBe(0)
  const frame = await productFrame(opened.page)
  expect(await frame.evaluate(() => document.activeElement?.getAttribute('data-tour'))).toBe('crew')
})

test('who takes the crew tour to its end is relayed by the companion, which signs', async () => {
  const opened = await openDemo()
  await opened.product.locator('.hero [data-tour="crew"]').click()
  await opened.product.getByLabel('Name').fill('Grace Hopper')
  await opened.product.getByRole('button', { name: 'Next' }).click()
  await opened.product
    .getByRole('dialog', { name: 'Everyone packs' })
    .getByRole('button', { name: 'Next' })
    .click()
  await opened.product.getByLabel('Move visits').check()
  await opened.product.getByRole('button', { name: 'Done' }).click()

  const [arrival] = await shown(opened, '/hooks/crew-lead')
  expect(arrival?.marks).toBe('relayed by the companionsignature ✓')
  expect(JSON.parse(arrival?.body ?? '').data).toMatchObject({ lead: 'Grace Hopper', rights: ['Move visits'] })
})

test('the pulse goes by GET, its answer as a query parameter', async () => {
  const opened = await openDemo()
  await opened.product.locator('.foot [data-tour="pulse"]').click()
  await opened.product.getByRole('radio', { name: '9' }).check()
  await opened.product.getByRole('button', { name: 'Done' }).click()

  const [arrival] = await shown(opened, '/hooks/pulse')
  expect(arrival?.marks).toBe('GET, as query parameters')
  expect(JSON.parse(arrival?.body ?? '')).toMatchObject({
    source: 'fieldnote',
    score: '9',
    messageId: arrival?.id,
  })
})

test('a tour that driver.js draws says whether it was taken to its end', async () => {
  const opened = await openDemo()
  await opened.page.getByLabel('driver.js').check()
  await productFrame(opened.page, 'driver')
  await opened.product.locator('.hero [data-tour="welcome"]').click()
  await opened.product.getByText('driver.js draws this').waitFor()
  await opened.product.locator('.driver-popover-close-btn').click()
  const [left] = await shown(opened, '/hooks/library-tour')
  expect(JSON.parse(left?.body ?? '').data).toMatchObject({ outcome: 'closed', leftAt: '0' })

  await opened.product.locator('.hero [data-tour="welcome"]').click()
  await opened.product.getByText('1 of 2').waitFor()
  await opened.product.locator('.driver-popover-next-btn').click()
  await opened.product.getByText('2 of 2').waitFor()
  await opened.product.locator('.driver-popover-next-btn').click()
  await expect
    .poll(async () => (await shown(opened, '/hooks/library-tour')).map(({ body }) => body).join())
    .toContain('"outcome": "completed"')
})

test('a page that draws its steps itself sends the same answers', async () => {
  const opened = await openDemo()
  await opened.page.getByLabel('the page itself').check()
  await productFrame(opened.page, 'page')
  await opened.product.locator('.hero [data-tour="welcome"]').click()
  await opened.product.locator('.step select').selectOption('Surveyor')
  await opened.product.locator('.step-next').click()
  for (const title of ['A week, one line a site', 'Plan a visit from here']) {
    await opened.product.getByRole('dialog', { name: title }).getByRole('button', { name: 'Next' }).click()
  }
  await opened.product.locator('.step [value="4"]').check({ force: true })
  await opened.product.locator('.step-next').click()
  const [arrival] = await shown(opened, '/hooks/welcome')
  expect(JSON.parse(arrival?.body ?? '').data).toMatchObject({ role: 'Surveyor', rating: 4 })
})

test('after a 410 the companion’s webhook works again once the receiver does', async () => {
  const opened = await openDemo()
  await choose(opened, '410')
  await takeWelcomeTour(opened)
  await opened.page.locator('.log [data-event="failed"]').first().waitFor()
  await opened.product.getByRole('button', { name: 'Done' }).click()
  await shown(opened, '/hooks/tour-completed', '410')
  await choose(opened, '200')
  await takeWelcomeTour(opened)
  await opened.product.getByRole('button', { name: 'Done' }).click()

  await shown(opened, '/hooks/tour-completed', '200')
})

test('axe finds no fault in the desk, the page, its steps and the panel', async () => {
  const opened = await openDemo()
  const frame = await productFrame(opened.page)
  expect(await opened.page.getByRole('heading').first().textContent()).toBe('Tourhook')
  expect(await faultsIn(opened.page.mainFrame())).toEqual([])
  expect(await faultsIn(frame)).toEqual([])
  await opened.product.locator('.hero [data-tour="crew"]').click()
  await opened.product.getByRole('dialog').waitFor()
  expect(await faultsIn(frame)).toEqual([])
  await opened.page.keyboard.press('Escape')
  await shown(opened, '/hooks/left-early')
  const panel = opened.page.frames().find(frame => frame.url().startsWith(opened.demo.panel))
  if (panel) expect(await faultsIn(panel)).toEqual([])
})

test('a taken port is passed over for the next free one', async () => {
  const first = await startDemo({ port: 0 })
  onTestFinished(() => first.close())
  const taken = Number(new URL(first.site).port)
  const second = await startDemo({ port: taken })
  onTestFinished(() => second.close())

  expect(Number(new URL(second.site).port)).toBeGreaterThan(taken)
})

test('the console stands beside it, signed in, with the demo’s tours and webhooks', async () => {
  const { demo, page, product } = await openDemo()
  await product.locator('html[data-drawn]').waitFor()
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Open the console' }).click()
  const desk = await opened
  await desk.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(desk.url()).toBe(`${demo.companion}/console/overview`)
  await desk.getByRole('link', { name: 'Tours', exact: true }).click()
  await desk.getByRole('link', { name: 'Welcome to Fieldnote' }).waitFor()
  await desk.getByRole('link', { name: 'Webhooks', exact: true }).click()
  for (const name of ['Welcome answers', 'Crew lead', 'Tour completed'])
    await desk.getByRole('link', { name, exact: true }).waitFor()
  await desk.close()
})
