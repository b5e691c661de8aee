import { mkdtemp, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import type { Browser, BrowserPage } from '../browsers.ts'
import { createEvaluate } from './in-page.ts'

export async function launchChromium(executablePath: string, profile?: string): Promise<Browser> {
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'tourhook-chromium-')))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    // Visitors have that cache, and Tourhook must not keep a page out of it.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const closed = new Promise<void>(resolve => context.once('close', () => resolve()))
  // Playwright does not tell the process of a persistent context; Chromium does: "host-pid".
  const lock = await readlink(join(folder, 'SingletonLock'))
  const pid = Number(lock.slice(lock.lastIndexOf('-') + 1))
  const tidy = async () => {
    if (profile === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  return {
    name: 'chromium',
    version: context.browser()?.version() ?? 'unknown',
    newPage: async () => createPage(await context.newPage()),
    async close() {
      await context.close()
      await tidy()
    },
    async kill() {
      process.kill(-pid, 'SIGKILL')
      await closed
      await tidy()
    },
  }
}

function createPage(page: Page): BrowserPage {
  const errors: string[] = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))

  return {
    ...createEvaluate(expression => page.evaluate(expression)),
    errors,
    async goto(url) {
      await page.goto(url)
    },
    url: async () => page.url(),
    click: selector => page.click(selector),
    type: (selector, text) => page.locator(selector).pressSequentially(text),
    press: key => page.keyboard.press(key),
    async screenshot(path) {
      await page.screenshot({ path })
    },
    setOffline: offline => page.context().setOffline(offline),
    async close() {
      const closed = page.waitForEvent('close')
      // Without it the page's leave handlers do not run; with it, Playwright does not wait.
      await page.close({ runBeforeUnload: true })
      await closed
    },
  }
}
