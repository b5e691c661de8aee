import puppeteer, { type KeyInput, type Page } from 'puppeteer-core'
import type { Browser, BrowserPage } from '../browsers.ts'
import { createEvaluate } from './in-page.ts'
import { killGroup } from './kill-group.ts'

export async function launchFirefox(executablePath: string, profile?: string): Promise<Browser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    ...(profile !== undefined && { userDataDir: profile }),
  })

  return {
    name: 'firefox',
    version: await browser.version(),
    // A window, because a tab in the background is hidden.
    newPage: async () => createPage(await browser.newPage({ type: 'window' })),
    close: () => browser.close(),
    async kill() {
      const child = browser.process()
      if (child) await killGroup(child)
    },
  }
}

function createPage(page: Page): BrowserPage {
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error instanceof Error ? error.message : String(error)))
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))

  return {
    ...createEvaluate(expression => page.evaluate(expression)),
    errors,
    async goto(url) {
      await page.goto(url)
    },
    url: async () => page.url(),
    click: selector => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    async press(key) {
      const [name = '', ...held] = key.split('+').reverse()
      for (const modifier of held) await page.keyboard.down(modifier as KeyInput)
      await page.keyboard.press(name as KeyInput)
      for (const modifier of held) await page.keyboard.up(modifier as KeyInput)
    },
    async screenshot(path) {
      await page.screenshot({ path: path as `${string}.png` })
    },
    setOffline: offline => page.setOfflineMode(offline),
    close: () => page.close({ runBeforeUnload: true }),
  }
}
