import { readFile } from 'node:fs/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { Config } from '../../src/index.ts'
import { sharedChromium } from './browsers/shared-chromium.ts'
import { createReceiver, type Receiver } from './receiver.ts'
import { createSite } from './site.ts'
import { walk } from './walk.ts'

export interface TourPage {
  config?: Config
  /** Goes into the page's head. */
  head?: string
  headers?: Record<string, string>
  /** @default the full script */
  script?: string
}

export interface Looks {
  /** @default { width: 1280, height: 720 } */
  viewport?: { width: number; height: number }
  /** @default 'light' */
  colorScheme?: 'light' | 'dark'
  /** @default 'reduce'; there is nothing to wait for, unless a test is about motion */
  reducedMotion?: 'reduce' | 'no-preference'
}

export type OpenedPage = Page & { faults: string[] }

export interface TourSite {
  receiver: Receiver
  /** A page in a visitor's browser of its own, until the test ends. It collects its errors. */
  open(path?: string, looks?: Looks): Promise<OpenedPage>
  /** The same until the site is closed, for what several tests look at. */
  openForAll(path?: string, looks?: Looks): Promise<OpenedPage>
  close(): Promise<void>
}

/** A site with tours, in Chromium; every webhook goes to the receiver. */
export async function createTourSite(pages: Record<string, TourPage> = {}): Promise<TourSite> {
  const receiver = await createReceiver()
  const template = await readFile(new URL('host-page.html', import.meta.url), 'utf8')
  const html = ({ config = walk, head = '', script = 'src="/dist/tourhook.full.js"' }: TourPage) => {
    const webhooks = config.webhooks?.map(webhook => ({ ...webhook, url: receiver.url(`/${webhook.id}`) }))
    const json = JSON.stringify({ ...config, webhooks })
    return template
      .replace('</head>', `${head}</head>`)
      .replace('<!-- config -->', `<script type="application/json" id="tourhook-config">${json}</script>`)
      .replace('src="/dist/tourhook.full.js"', script)
  }
  const site = await createSite({
    pages: Object.fromEntries(
      Object.entries<TourPage>({ '/': {}, '/other': {}, ...pages }).map(([path, page]) => [
        path,
        { html: html(page), headers: page.headers ?? {} },
      ]),
    ),
  })
  const browser = await sharedChromium()
  const contexts: BrowserContext[] = []
  /** Contexts without a page. A new one costs three times what a page does. */
  const free: BrowserContext[] = []

  async function newContext(): Promise<BrowserContext> {
    const context = await browser.newContext()
    contexts.push(context)
    return context
  }

  async function openIn(context: BrowserContext, path: string, looks: Looks): Promise<OpenedPage> {
    const { viewport, colorScheme = 'light', reducedMotion = 'reduce' } = looks
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Storage.clearDataForOrigin', { origin: site.url(''), storageTypes: 'all' })
    await devtools.detach()
    await page.emulateMedia({ colorScheme, reducedMotion })
    if (viewport) await page.setViewportSize(viewport)
    const faults: string[] = []
    page.on('pageerror', error => faults.push(String(error)))
    page.on('console', message => message.type() === 'error' && faults.push(message.text()))
    await page.goto(site.url(path))
    return Object.assign(page, { faults })
  }

  return {
    receiver,
    async open(path = '/', looks = {}) {
      const context = free.pop() ?? (await newContext())
      onTestFinished(async () => {
        await Promise.all(context.pages().map(page => page.close()))
        free.push(context)
      })
      return openIn(context, path, looks)
    },
    openForAll: async (path = '/', looks = {}) => openIn(await newContext(), path, looks),
    async close() {
      await Promise.all(contexts.map(context => context.close()))
      await site.close()
      await receiver.close()
    },
  }
}
