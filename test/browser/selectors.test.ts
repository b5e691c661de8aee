import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, launchBrowser } from '../support/browsers.ts'
import { badSelectors, goodSelectors } from '../support/selectors.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser('chromium')
})
afterAll(() => browser.close())

it('selectors are what a browser takes for them', async () => {
  const page = await browser.newPage()
  const parsed = await page.evaluate(
    texts =>
      texts.filter(text => {
        try {
          document.querySelector(text)
          return true
        } catch {
          return false
        }
      }),
    [...goodSelectors, ...badSelectors],
  )
  expect(parsed).toEqual(goodSelectors)
  await page.close()
})
