import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'
import { adminToken } from '../support/companion.ts'
import { type Author, writeTour } from '../support/console-flow.ts'
import { type ConsoleSite, startConsoleSite } from '../support/console-site.ts'

let started: ConsoleSite
let browser: Browser

beforeAll(async () => {
  started = await startConsoleSite({ adminToken })
  browser = await sharedChromium()
})
afterAll(() => started.close())

/** A page that collects its errors, a blocked script or style among them. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page & { faults: string[] }> {
  const page = await browser.newPage(options)
  onTestFinished(() => page.close())
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  return Object.assign(page, { faults })
}

function locatorsIn(page: Page) {
  return {
    pressed: (role: 'link' | 'button' | 'summary', name: string) =>
      role === 'summary'
        ? page.locator('summary', { hasText: name })
        : page.getByRole(role, { name, exact: true }).first(),
    field: (label: string, index = 0) => page.getByLabel(label, { exact: true }).nth(index),
  }
}

/** Somebody with a mouse, whose clicks are counted; to choose from a list is one. */
function mouseAuthor(page: Page): Author & { clicks: () => number } {
  let clicks = 0
  const { pressed, field } = locatorsIn(page)
  return {
    clicks: () => clicks,
    async goto(url) {
      await page.goto(url)
    },
    async press(role, name) {
      clicks += 1
      await pressed(role, name).click()
    },
    fill: (label, text, index) => field(label, index).fill(text),
    async choose(label, option, index) {
      clicks += 1
      await field(label, index).selectOption({ label: option })
    },
    valueIn: label => field(label).inputValue(),
    sees: text => page.getByText(text).first().waitFor({ state: 'attached' }),
    async visit(url, answer) {
      clicks += 2
      const shop = await browser.newPage()
      await shop.goto(url)
      await shop.waitForFunction(() => 'start' in Object(Reflect.get(window, 'tourhook')))
      await shop.locator('#go').click()
      await shop.getByLabel('Your role').fill(answer)
      await shop.getByRole('button', { name: /Next|Done|Finish/ }).click()
      // A storage that goes with its page keeps nothing for the next one.
      await shop.waitForFunction(() => Object(Reflect.get(window, 'tourhook')).pending().length === 0)
      await shop.close()
    },
  }
}

/** Somebody without a mouse: Tab, Enter, and what is typed. */
function keyboardAuthor(page: Page): Author {
  const { pressed, field } = locatorsIn(page)
  const { keyboard } = page

  async function reach(target: Locator): Promise<void> {
    await target.waitFor()
    // As many times as there are stops on the way, and then it has to be there.
    const stops = await target.evaluate(stopsBefore)
    for (let pressed = 0; pressed < stops; pressed += 1) await keyboard.press('Tab')
    expect(await target.evaluate(element => element === document.activeElement)).toBe(true)
  }

  return {
    ...mouseAuthor(page),
    async press(role, name) {
      await reach(pressed(role, name))
      await keyboard.press('Enter')
    },
    async fill(label, text, index) {
      await reach(field(label, index))
      await keyboard.press('ControlOrMeta+a')
      await keyboard.type(text)
    },
    async choose(label, option, index) {
      await reach(field(label, index))
      await keyboard.type(option)
    },
    async visit(url, answer) {
      const shop = await browser.newPage()
      await shop.goto(url)
      await shop.waitForFunction(() => 'start' in Object(Reflect.get(window, 'tourhook')))
      await shop.keyboard.press('Tab')
      await shop.keyboard.press('Enter')
      await shop.getByLabel('Your role').waitFor()
      await shop.keyboard.type(answer)
      await shop.keyboard.press('Enter')
      await shop.getByLabel('Your role').waitFor({ state: 'detached' })
      // A storage that goes with its page keeps nothing for the next one.
      await shop.waitForFunction(() => Object(Reflect.get(window, 'tourhook')).pending().length === 0)
      await shop.close()
    },
  }
}

/** In the page: how often Tab is to be pressed until the focus is here. */
function stopsBefore(target: Element): number {
  const selector = 'a[href], button, input, select, textarea, summary'
  const all = [...document.querySelectorAll<HTMLInputElement>(selector)]
  const stops = all.filter(
    each => !each.disabled && each.tabIndex >= 0 && each.checkVisibility() && each.type !== 'hidden',
  )
  const { activeElement } = document
  const at = activeElement ? stops.indexOf(activeElement as HTMLInputElement) : -1
  return (stops.indexOf(target as HTMLInputElement) - at + stops.length) % stops.length
}

describe('from signing in to a delivery that is sent once more', { timeout: 60_000 }, () => {
  test.each<[string, BrowserContextOptions]>([
    ['with scripts', {}],
    ['without scripts', { javaScriptEnabled: false }],
    ['on 360 px without scripts', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }],
  ])('takes 25 clicks at most, %s', async (name, options) => {
    const page = await openPage(options)
    const author = mouseAuthor(page)
    await writeTour(author, started, name)
    expect(author.clicks()).toBeLessThanOrEqual(25)
    expect(page.faults).toEqual([])
  })

  test('takes no mouse', async () => {
    const page = await openPage()
    await writeTour(keyboardAuthor(page), started, 'by keyboard')
    expect(page.faults).toEqual([])
  })
})

test('a list is fresh while somebody looks, without a reload', async () => {
  const page = await openPage()
  await page.goto(`${started.origin}/console`)
  await page.getByLabel('Token').fill(adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await page.goto(`${started.origin}/console/deliveries?userId=grace`)
  await page.getByText('No delivery matches.').waitFor()
  const webhook = (await started.emitter.webhooks.list())[0]
  await started.emitter.relay(webhook?.id ?? '', {
    id: 'msg_fresh1',
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'CRM',
    userId: 'grace',
    events: [{ name: 'trigger_event', id: 'fresh' }],
    data: {},
  })
  await page.getByRole('link', { name: 'trigger step · fresh' }).waitFor()
  expect(page.faults).toEqual([])
})
