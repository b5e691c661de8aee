import type { Config } from '../../src/schema/config.ts'
import type { Webhook } from '../../src/schema/webhook.ts'
import type {} from '../../src/script/command-queue.ts'
import type { Tourhook } from '../../src/tourhook.ts'
import type { BrowserPage } from './browsers.ts'
import type { Receiver } from './receiver.ts'

/** An event as the page heard of it: what the tests look at, and nothing that JSON can't say. */
export interface Told {
  name: string
  id?: string
  status?: number
  transport?: string
  reason?: string
  message?: string
}

declare global {
  interface Window {
    /** Tourhook, once its script has run. */
    loaded: Promise<Tourhook>
    /** Answers, then reaches the step that sends it. */
    reach(answer?: unknown): void
    /** What Tourhook has announced on this page. */
    told: Told[]
  }
}

/** A tour of three steps, whose second sends the visitor's answer to the webhook, each time that it is reached. */
export function tourConfig(webhook: Omit<Webhook, 'id'>): Config {
  return {
    webhooks: [{ id: 'crm', ...webhook }],
    tours: [
      {
        id: 'welcome',
        steps: [
          { id: 'hello', type: 'modal', title: 'Hi' },
          {
            id: 'send',
            type: 'trigger',
            trigger: { type: 'webhook', webhook: 'crm', data: { answer: { answer: 'answer' } }, repeat: true },
          },
          { id: 'done', type: 'modal', title: 'Bye' },
        ],
      },
    ],
  }
}

/** A page with the built script and its config inline; `window.reach()` takes the tour to the step that sends. */
export function tourPage(
  config: Config,
  {
    attributes = '',
    nonce = '',
    before = '',
    after = '',
  }: {
    /** The script tag's. */
    attributes?: string
    /** For every script, where the page's policy demands one. */
    nonce?: string
    /** HTML before Tourhook's script, and after it. */
    before?: string
    after?: string
  } = {},
): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  return `<!doctype html><title>A page with a tour</title>
    <script type="application/json" id="tourhook-config" nonce="${nonce}">${json}</script>
    <script nonce="${nonce}">(${prepare})()</script>
    ${before}
    <script src="/dist/tourhook.js" nonce="${nonce}" ${attributes}></script>
    ${after}`
}

/** Runs in the page, before Tourhook. */
function prepare() {
  window.tourhook = []
  window.loaded = new Promise(resolve => {
    window.tourhook?.push(tourhook => {
      window.reach = answer => {
        const run = tourhook.start('welcome')
        run?.answer('answer', answer ?? null)
        run?.goTo('send')
      }
      resolve(tourhook)
    })
  })
  window.told = []
  for (const name of ['queued', 'delivered', 'sent', 'retrying', 'failed', 'error']) {
    document.addEventListener(`tourhook:${name}`, event => {
      const { id, status, transport, reason, error } = (event as CustomEvent).detail
      window.told.push({ name, id, status, transport, reason, message: error?.message })
    })
  }
}

/** Reaches the step that sends; resolves when the message is stored, and on its way if it can be. */
export async function reachStep(page: BrowserPage, answer?: unknown): Promise<void> {
  await page.evaluate(async answer => {
    await window.loaded
    window.reach(answer)
  }, answer)
}

/** What the page was told by this name, once there are `count` of them. */
export async function toldOf(page: BrowserPage, name: string, count = 1): Promise<Told[]> {
  await page.waitFor(
    (name, count) => window.told.filter(event => event.name === name).length >= count,
    name,
    count,
  )
  return page.evaluate(name => window.told.filter(event => event.name === name), name)
}

/** Resolves when nothing waits any more. */
export async function nothingPending(page: BrowserPage): Promise<void> {
  await page.waitFor(async () => {
    const tourhook = await window.loaded
    await tourhook.flush()
    return tourhook.pending().length === 0
  })
}

/** How many messages wait. */
export function pendingOf(page: BrowserPage): Promise<string[]> {
  return page.evaluate(async () => (await window.loaded).pending().map(({ id }) => id))
}

/** The answers that arrived, in order; and the ids that arrived with them. */
export function answersIn(requests: Receiver['requests']): unknown[] {
  return requests.map(({ json }) => (json as { data: { answer: unknown } }).data.answer)
}

/** The messages' ids in the requests, in order. */
export function idsIn(requests: Receiver['requests']): unknown[] {
  return requests.map(({ json }) => (json as { id: unknown }).id)
}

/** Ends the leases of tabs that have gone, as thirty seconds would. */
export async function endLeases(page: BrowserPage): Promise<void> {
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage).filter(key => key.startsWith('tourhook:delivery:'))) {
      const delivery = JSON.parse(localStorage.getItem(key) ?? '{}')
      localStorage.setItem(key, JSON.stringify({ ...delivery, leasedUntil: Date.now() - 1 }))
    }
  })
}
