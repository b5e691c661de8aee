import { brotliCompressSync } from 'node:zlib'
import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'
import { type FilledConsole, startFilledConsole } from '../support/filled-console.ts'

/** The page's. */
declare const axeInPage: { run(context: string, options: RunOptions): Promise<AxeResults> }

let filled: FilledConsole
let browser: Browser
const faults: string[] = []

beforeAll(async () => {
  filled = await startFilledConsole()
  browser = await sharedChromium()
})
afterAll(() => filled.close())

test('axe finds nothing on any page, light and dark, and on a phone nothing sticks out or is too small to press', {
  timeout: 60_000,
}, async () => {
  const { url, token, paths } = filled
  const page = await browser.newPage({ bypassCSP: true })
  onTestFinished(() => page.close())
  page.on('pageerror', error => faults.push(String(error)))
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await page.evaluate(`${axe.source}; window.axeInPage = axe`)
  const found: string[] = []
  for (const path of paths) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.evaluate(showPage, `${url}/${path}`)
    found.push(...(await violationsIn(page)).map(each => `${path}: ${each}`))
    await page.emulateMedia({ colorScheme: 'dark' })
    found.push(...(await violationsIn(page, 'main', ['color-contrast'])).map(each => `${path}, dark: ${each}`))
    await page.setViewportSize({ width: 360, height: 740 })
    found.push(...(await page.evaluate(misfits)).map(each => `${path}: ${each}`))
  }
  expect(found).toEqual([])
  expect(faults).toEqual([])
})

/** In the page: shows another, which spares loading the style, the script and axe forty times. */
async function showPage(address: string): Promise<void> {
  const text = await (await fetch(address)).text()
  const { body, title } = new DOMParser().parseFromString(text, 'text/html')
  // What visitors see has tests of its own.
  for (const frame of body.querySelectorAll('iframe')) frame.removeAttribute('src')
  document.title = title
  document.body.replaceWith(body)
}

/** In the page: what is wider than a phone, or smaller than a finger (WCAG 2.2, 2.5.8). */
function misfits(): string[] {
  const excess = document.documentElement.scrollWidth - innerWidth
  const pressed = [...document.querySelectorAll('button, select, summary, input:not([type=hidden])')]
  const small = pressed.filter(each => {
    const { width, height } = (each.closest('label') ?? each).getBoundingClientRect()
    return width > 1 && Math.min(width, height) < 20
  })
  return [
    ...(excess > 0 ? [`${excess} px too wide`] : []),
    ...small.map(each => `too small: ${each.outerHTML}`),
  ]
}

async function violationsIn(page: Page, context = 'html', runOnly?: string[]): Promise<string[]> {
  const { violations } = await page.evaluate(
    ([context, runOnly]) =>
      axeInPage.run(context, {
        iframes: false,
        preload: false,
        resultTypes: ['violations'],
        ...(runOnly && { runOnly }),
      }),
    [context, runOnly] as const,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

test('the style and the script weigh no more than they may', async () => {
  const page = await (await fetch(`${filled.url}/sign-in`)).text()
  const sizeOf = async (kind: string) => {
    const [, name] = new RegExp(`"\\./(assets/[^"]+\\.${kind})"`).exec(page) ?? []
    return brotliCompressSync(await (await fetch(`${filled.url}/${name}`)).text()).length
  }
  expect(await sizeOf('js')).toBeLessThanOrEqual(5_000)
  expect(await sizeOf('css')).toBeLessThanOrEqual(8_000)
})
