import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { adminToken } from '../support/companion.ts'
import { writeTour } from '../support/console-flow.ts'
import { type ConsoleSite, startConsoleSite } from '../support/console-site.ts'
import { authorIn } from '../support/engine-author.ts'

describe.each(inject('engines'))('the console in %s', engine => {
  let browser: Browser
  let page: BrowserPage
  let started: ConsoleSite

  beforeAll(async () => {
    started = await startConsoleSite({ adminToken })
    browser = await launchBrowser(engine)
    page = await browser.newPage()
  })
  afterAll(async () => {
    await browser.close()
    await started.close()
  })

  it('takes an author from signing in to a delivery that is sent once more', { timeout: 60_000 }, async () => {
    await writeTour(authorIn(page, browser), started, engine)
    expect(page.errors).toEqual([])
  })

  it('draws what is written on a stage of its own origin', async () => {
    await page.goto(`${started.origin}/console/stage/tours/welcome-${engine}?step=hello`)
    const title = await page.waitFor(
      () => document.querySelector('.tourhook')?.shadowRoot?.querySelector('h2')?.textContent,
    )
    expect(title).toBe('Hello, Ada')
    expect(page.errors).toEqual([])
  })
})
