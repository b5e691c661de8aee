import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'
import { createSite, type Site } from '../support/site.ts'

let browser: Browser

beforeAll(async () => {
  browser = await sharedChromium()
})

/** The text of a bundle, with this version of React in it. */
async function bundled(entry: string, alias: Record<string, string>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`test/browser/render/${entry}`],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    alias,
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]?.text ?? ''
}

const versions = { 19: {}, 18: { react: 'react18', 'react-dom': 'react-dom18' } }

describe.each(Object.entries(versions))('with React %s', (version, alias) => {
  let site: Site

  beforeAll(async () => {
    const server = await bundled('to-html.tsx', alias)
    const { html } = await import(`data:text/javascript;base64,${Buffer.from(server).toString('base64')}`)
    site = await createSite({
      pages: {
        '/': `<!doctype html>${html}`,
        '/app.js': {
          html: await bundled('hydrate.tsx', alias),
          headers: { 'content-type': 'text/javascript' },
        },
      },
    })
  })
  afterAll(() => site.close())

  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Hello' })

  test('a tour that starts with the page does not disturb React while it hydrates the whole document', async () => {
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    await page.goto(site.url())
    await dialog(page).waitFor()
    expect(await page.evaluate(() => Reflect.get(window, 'faults'))).toEqual([])
    expect(await page.evaluate(() => Reflect.get(window, 'version'))).toMatch(new RegExp(`^${version}\\.`))
    // React 18 throws away all that the server wrote, where it meets what the server did not write.
    expect(await page.evaluate(() => Reflect.get(window, 'hydratedWith'))).toEqual(['head', 'body'])
    // The server's own elements are still there.
    expect(await page.evaluate(() => Reflect.get(window, 'first') === document.querySelector('h1'))).toBe(true)
    expect(await page.locator('h1').textContent()).toBe('Hydrated')
  })

  test('a step comes back when an application builds the document anew, and its buttons work', async () => {
    const page = await browser.newPage()
    onTestFinished(() => page.close())
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
})
