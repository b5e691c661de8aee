import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { renderToString } from 'react-dom/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findOrInstall } from '../support/browsers.ts'
import { createSite, type Site } from '../support/site.ts'
import { App } from './render/whole-document.tsx'

let site: Site
let browser: Browser

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: ['test/browser/render/hydrate.tsx'],
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  site = await createSite({
    pages: {
      '/': `<!doctype html>${renderToString(<App />)}`,
      '/app.js': { html: outputFiles[0]?.text ?? '', headers: { 'content-type': 'text/javascript' } },
    },
  })
  browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Hello' })

test('a tour that starts with the page does not disturb React while it hydrates the whole document', async () => {
  const page = await browser.newPage()
  await page.goto(site.url())
  await dialog(page).waitFor()
  expect(await page.evaluate(() => Reflect.get(window, 'faults'))).toEqual([])
  // React 18 throws away all that the server wrote, where it meets what the server did not write.
  expect(await page.evaluate(() => Reflect.get(window, 'hydratedWith'))).toEqual(['head', 'body'])
  // The server's own elements are still there.
  expect(await page.evaluate(() => Reflect.get(window, 'first') === document.querySelector('h1'))).toBe(true)
  expect(await page.locator('h1').textContent()).toBe('Hydrated')
})

test('a step comes back when an application builds the document anew, and its buttons work', async () => {
  const page = await browser.newPage()
  await page.goto(site.url())
  await dialog(page).waitFor()
  await page.evaluate(() => {
    const { documentElement } = document
    const copy = document.createElement('html')
    copy.append(document.createElement('head'), document.createElement('body'))
    documentElement.remove()
    document.append(copy)
  })
  await dialog(page).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.tourhook').count()).toBe(0)
})
