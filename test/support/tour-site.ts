import { readFile } from 'node:fs/promises'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Config } from '../../src/index.ts'
import { findOrInstall } from './browsers.ts'
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

export interface TourSite {
  receiver: Receiver
  /** A page in a visitor's browser of its own. It collects its errors. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page & { faults: string[] }>
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
  const browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })

  return {
    receiver,
    async open(path = '/', options) {
      // Nothing to wait for, unless a test is about motion.
      const page = await browser.newPage({ reducedMotion: 'reduce', ...options })
      const faults: string[] = []
      page.on('pageerror', error => faults.push(String(error)))
      page.on('console', message => message.type() === 'error' && faults.push(message.text()))
      await page.goto(site.url(path))
      return Object.assign(page, { faults })
    },
    async close() {
      await browser.close()
      await site.close()
      await receiver.close()
    },
  }
}
