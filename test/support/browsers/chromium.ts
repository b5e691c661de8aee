import { readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Browser, BrowserPage, LaunchOptions } from '../browsers.ts'
import { executableOf } from './find.ts'
import { createEvaluate } from './in-page.ts'
import { chromiumSettings, sharedChromium } from './shared-chromium.ts'

/** A visitor's browser: a context of the shared one or, where its storage has to outlive it, a process of its own. */
export async function launchChromium({ profile, whole = false }: LaunchOptions): Promise<Browser> {
  return profile === undefined ? openContext(whole) : launchOwn(profile)
}

async function openContext(whole: boolean): Promise<Browser> {
  const chromium = await sharedChromium(whole ? 'chromium' : 'headless-shell')
  const context = await chromium.newContext()
  return {
    ...describe(context, chromium.version()),
    async kill() {
      throw new Error('Others use this Chromium: give launchBrowser a profile for one that can be killed.')
    },
  }
}

async function launchOwn(profile: string): Promise<Browser> {
  const executablePath = await executableOf('chromium')
  const context = await chromium.launchPersistentContext(profile, { executablePath, ...chromiumSettings })
  const closed = new Promise<void>(resolve => context.once('close', () => resolve()))
  // Playwright does not tell the process of a persistent context; Chromium does: "host-pid".
  const lock = await readlink(join(profile, 'SingletonLock'))
  const pid = Number(lock.slice(lock.lastIndexOf('-') + 1))
  return {
    ...describe(context, context.browser()?.version() ?? 'unknown'),
    async kill() {
      process.kill(-pid, 'SIGKILL')
      await closed
    },
  }
}

function describe(context: BrowserContext, version: string): Omit<Browser, 'kill'> {
  return {
    name: 'chromium',
    version,
    newPage: async () => createPage(await context.newPage()),
    close: () => context.close(),
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
