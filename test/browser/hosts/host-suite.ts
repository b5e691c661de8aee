import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { FullTourhook } from '../../../src/script/create-full.ts'
import { type Browser, type BrowserName, type BrowserPage, launchBrowser } from '../../support/browsers.ts'
import { type HostPage, hostConfig, hostPages } from '../../support/host-page.ts'
import { createReceiver, type Receiver } from '../../support/receiver.ts'
import { createSite } from '../../support/site.ts'

interface Told {
  name: string
  id?: string
  webhook?: string
  message: string
}

/** The page's. */
declare const tourhook: FullTourhook
declare const told: Told[]

/** The same deliveries and the same tour, on each page. */
export function describeHosts(engine: BrowserName, hosts: readonly HostPage[]): void {
  describe(`in ${engine}`, () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await launchBrowser(engine)
    })
    afterAll(() => browser.close())

    /** The host's page in a browser, on an origin of its own, once Tourhook is there. */
    async function visit(host: HostPage): Promise<{ page: BrowserPage; receiver: Receiver }> {
      const receiver = await createReceiver()
      const site = await createSite({
        pages: await hostPages(
          host,
          hostConfig(path => receiver.url(path)),
        ),
      })
      const page = await browser.newPage()
      onTestFinished(async () => {
        await page.close()
        await Promise.all([site.close(), receiver.close()])
      })
      await page.goto(site.url())
      await page.waitFor(() => typeof (window.tourhook as Partial<FullTourhook>)?.start === 'function')
      return { page, receiver }
    }

    test.each(hosts)('a tour is taken and its answers arrive on a page with $name', async host => {
      const { page, receiver } = await visit(host)
      receiver.script({ path: '/crm', answers: [{ status: 503 }], answer: { status: 200 } })
      receiver.script({ path: '/refused', answer: { status: 400 } })
      await page.evaluate(() => Reflect.get(window, 'ready'))
      if (host.hasDialog) await openOwn(page)

      await takeTour(page, engine)

      if (host.hasDialog) {
        await page.waitFor(() => document.querySelector('#own')?.contains(document.activeElement))
      }
      if (host.inventsAnswers || host.hidesAnswers) {
        // Nobody knows whether it was taken: it waits, and the author hears why.
        await page.waitFor(() => told.some(({ name }) => name === 'error'))
        expect(await count(page, 'delivered', 'crm')).toBe(0)
        expect(await count(page, 'failed', 'crm')).toBe(0)
        expect(await page.evaluate(() => tourhook.pending().map(({ webhook }) => webhook))).toEqual(['crm'])
        expect(receiver.requests).toHaveLength(host.inventsAnswers ? 0 : 1)
        return
      }
      const [first, second] = await receiver.arrived(2, { path: '/crm' })
      expect(second?.json).toMatchObject({
        userId: null,
        events: [{ name: 'trigger_event', id: 'welcome', step: 'send' }],
        data: { who: 'Ada', score: 9, tools: ['Slack'], fixed: 'spring' },
      })
      expect(second?.json).toEqual(first?.json)
      await expect.poll(() => count(page, 'delivered', 'crm')).toBe(1)

      await page.evaluate(() => tourhook.trigger({ type: 'webhook', webhook: 'refused' }))
      await expect.poll(() => count(page, 'failed', 'refused')).toBe(1)
      expect(await count(page, 'failed', 'crm')).toBe(0)
      expect(await count(page, 'delivered', 'refused')).toBe(0)
      expect(receiver.requests.filter(({ path }) => path === '/crm')).toHaveLength(2)
      expect(
        page.errors.filter(error => !/Failed to load resource|net::ERR|status of|favicon/.test(error)),
      ).toEqual([])
    })
  })
}

async function openOwn(page: BrowserPage): Promise<void> {
  await page.waitFor(() => 'openOwn' in window)
  await page.evaluate(async () => {
    await window.openOwn()
  })
  await page.waitFor(() => document.querySelector('#own')?.contains(document.activeElement))
}

/** How many events of this name the page has heard of, about a webhook. */
function count(page: BrowserPage, name: string, webhook: string): Promise<number> {
  return page.evaluate(
    (name, webhook) => told.filter(event => event.name === name && event.webhook === webhook).length,
    name,
    webhook,
  )
}

/** As a visitor does: in Chromium with the mouse and the keyboard. */
async function takeTour(page: BrowserPage, engine: BrowserName): Promise<void> {
  await page.evaluate(() => void tourhook.start('welcome'))
  await shown(page, 'Hello')
  if (engine === 'chromium') {
    await page.click('.dialog input[name=who]')
    for (const letter of ['A', 'd', 'a']) await page.press(letter as never)
    await page.click('.dialog input[value="9"]')
    await page.click('.dialog input[value="Slack"]')
  } else {
    await page.evaluate(() => {
      const root = document.querySelector('.tourhook')?.shadowRoot
      const name = root?.querySelector<HTMLInputElement>('[name=who]')
      if (name) name.value = 'Ada'
      for (const value of ['9', 'Slack']) root?.querySelector<HTMLInputElement>(`[value="${value}"]`)?.click()
    })
  }
  await press(page, engine, '.next')
  await shown(page, 'Here')
  await press(page, engine, '.back')
  await shown(page, 'Hello')
  await press(page, engine, '.next')
  await shown(page, 'Here')
  await press(page, engine, '.next')
  await shown(page, 'Bye')
  await press(page, engine, '.close')
  await page.waitFor(() => !document.querySelector('.tourhook'))
}

async function press(page: BrowserPage, engine: BrowserName, selector: string): Promise<void> {
  if (engine === 'chromium') await page.click(`.dialog ${selector}`)
  else {
    await page.evaluate(selector => {
      document.querySelector('.tourhook')?.shadowRoot?.querySelector<HTMLElement>(selector)?.click()
    }, selector)
  }
}

/** Resolves when the step with this title is on the screen. */
async function shown(page: BrowserPage, title: string): Promise<void> {
  await page.waitFor(title => {
    const dialog = document.querySelector('.tourhook')?.shadowRoot?.querySelector('.dialog')
    return dialog?.querySelector('h2')?.textContent === title && dialog.getBoundingClientRect().height > 50
  }, title)
}
