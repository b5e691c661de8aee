import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Webhook } from '../../src/schema/webhook.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { createReceiver, type Receiver } from '../support/receiver.ts'
import { createSite, type Site } from '../support/site.ts'
import {
  answersIn,
  idsIn,
  nothingPending,
  pendingOf,
  reachStep,
  toldOf,
  tourConfig,
  tourPage,
} from '../support/tour-page.ts'

/** A service worker that takes over at once and answers by this code. */
const serviceWorker = (answer: string) => `
  addEventListener('install', () => skipWaiting())
  addEventListener('activate', event => event.waitUntil(clients.claim()))
  addEventListener('fetch', event => {
    if (new URL(event.request.url).origin !== location.origin) event.respondWith(${answer})
  })`

/** In the page: registers it, and waits until it stands between the page and the network. */
const register = `<script>
  window.controlled = navigator.serviceWorker.register('/sw.js').then(async () => {
    while (!navigator.serviceWorker.controller) {
      await new Promise(resolve => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
    }
    return true
  })
</script>`

/** What Prototype 1.6 and its like put in the place of the browser's own. */
const builtIns = `<script>
  const listOf = items => Array.prototype.slice.call(items ?? [])
  Array.from = listOf
  Array.prototype.entries = function () { return listOf(this) }
  Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] }
  Object.keys = object => { const keys = []; for (const key in object) keys.push(key); return keys }
  Function.prototype.bind = function (context, ...bound) {
    const method = this
    return function (...args) { return method.apply(context, bound.concat(args)) }
  }
  for (const { prototype } of [Array, String, Number]) prototype.toJSON = function () { return '[' + this + ']' }
</script>`

describe.each(inject('engines'))('in %s', engine => {
  let browser: Browser
  let page: BrowserPage
  let receiver: Receiver
  let sites: Site[] = []

  beforeAll(async () => {
    browser = await launchBrowser(engine)
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    receiver = await createReceiver()
    page = await browser.newPage()
  })
  afterEach(async () => {
    await page.close()
    await Promise.all([receiver, ...sites].map(server => server.close()))
    sites = []
  })

  interface Visit {
    webhook?: Partial<Webhook>
    before?: string
    headers?: Record<string, string>
    worker?: string
  }

  async function visit({ webhook = {}, before = '', headers = {}, worker = '' }: Visit): Promise<Site> {
    const html = tourPage(tourConfig({ url: receiver.url('/lead'), ...webhook }), { before })
    const js = { 'content-type': 'text/javascript' }
    const site = await createSite({
      pages: { '/': { html, headers }, '/sw.js': { html: worker, headers: js } },
    })
    sites.push(site)
    await page.goto(site.url())
    return site
  }

  it.each([301, 308])(
    'a redirect with %i is not followed: failed, and an error names the remedy',
    async status => {
      const headers = { location: receiver.url('/lead/') }
      receiver.script({ path: '/lead', answer: { status, headers } })
      await visit({})
      await reachStep(page, 'Developer')
      expect(await toldOf(page, 'failed')).toMatchObject([{ reason: 'refused' }])
      expect((await toldOf(page, 'error'))[0]?.message).toMatch(/redirects, which is not followed/)
      expect(receiver.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /lead'])
      expect(await pendingOf(page)).toEqual([])
    },
  )

  it.each([
    ['200', `fetch(event.request).catch(() => new Response('offline', { status: 200 }))`],
    ['202 with JSON', `fetch(event.request).catch(() => Response.json({ queued: true }, { status: 202 }))`],
  ])('a service worker’s %s is no answer: the message waits, and arrives when it can', async (_, answer) => {
    await visit({ webhook: { transport: 'cors' }, before: register, worker: serviceWorker(answer) })
    await page.waitFor(() => Reflect.get(window, 'controlled') as Promise<boolean>)
    await receiver.down()
    await reachStep(page, 'Developer')
    // In Firefox the page gets no answer at all here.
    const told = engine === 'firefox' ? /is unreachable/ : /service worker answers in place of/
    expect((await toldOf(page, 'error'))[0]?.message).toMatch(told)
    expect(await page.evaluate(() => window.told.filter(({ name }) => name === 'delivered'))).toEqual([])
    expect(await pendingOf(page)).toHaveLength(1)

    await receiver.up()
    await nothingPending(page)
    expect(answersIn(receiver.requests)).toEqual(['Developer'])
    expect(await toldOf(page, 'delivered')).toHaveLength(1)
  })

  it('a service worker’s cache swallows no GET', async () => {
    const cacheFirst = `caches.match(event.request).then(async kept => {
      if (kept) return kept
      const answer = await fetch(event.request)
      await (await caches.open('all')).put(event.request, answer.clone())
      return answer
    })`
    const webhook = { method: 'GET', body: 'data' } as const
    await visit({ webhook, before: register, worker: serviceWorker(cacheFirst) })
    await page.waitFor(() => Reflect.get(window, 'controlled') as Promise<boolean>)
    await reachStep(page, 'Developer')
    await toldOf(page, 'sent')
    await reachStep(page, 'Developer')
    await toldOf(page, 'sent', 2)
    expect(receiver.requests).toHaveLength(2)
  })

  const embedder = { 'cross-origin-embedder-policy': 'require-corp' }
  it.each([
    ['with', { ...embedder, 'cross-origin-opener-policy': 'same-origin' }],
    ['without', embedder],
  ])(
    'an answer that Cross-Origin-Embedder-Policy hides, %s a Cross-Origin-Opener-Policy, is said with its remedy, and not asked for again and again',
    async (way, headers) => {
      receiver.script({ cors: 'none' })
      await visit({ headers })
      await reachStep(page, 'Developer')
      const [error] = await toldOf(page, 'error')
      if (engine === 'firefox' && way === 'without') {
        // It has no ReportingObserver: nothing tells a page there of its own policy.
        expect(error?.message).toMatch(/is unreachable/)
        return
      }
      expect(error?.message).toMatch(/Cross-Origin-Embedder-Policy hides the answer of .*"transport": "relay"/)
      await page.goto(await page.url())
      await toldOf(page, 'failed')
      expect(receiver.requests).toHaveLength(2)
      expect(new Set(idsIn(receiver.requests)).size).toBe(1)
      expect(await pendingOf(page)).toEqual([])
    },
  )

  it.each([
    ['emptied after the step', `<script>loaded.then(t => t.on('queued', () => localStorage.clear()))</script>`],
    ['deaf', '<script>Storage.prototype.setItem = () => {}</script>'],
    ['dumb', '<script>Storage.prototype.getItem = () => null</script>'],
    ['stuck', '<script>Storage.prototype.removeItem = () => {}</script>'],
  ])('a storage that is %s loses no message while the page lives, and repeats none', async (_, before) => {
    receiver.script({ answers: [{ status: 503 }, { status: 503 }] })
    await visit({ webhook: { transport: 'cors' }, before })
    await reachStep(page, 'Developer')
    await toldOf(page, 'delivered')
    await nothingPending(page)
    expect(receiver.requests).toHaveLength(3)
    expect(new Set(idsIn(receiver.requests)).size).toBe(1)
  })

  it('a page whose built-ins are an old library’s sends its lists as lists, again after a 503', async () => {
    receiver.script({ answers: [{ status: 503 }] })
    await visit({ webhook: { transport: 'cors' }, before: builtIns })
    await reachStep(page, ['red', 'blue'])
    await toldOf(page, 'delivered')
    expect(receiver.requests).toHaveLength(2)
    expect(answersIn(receiver.requests)).toEqual([
      ['red', 'blue'],
      ['red', 'blue'],
    ])
  })

  it('a browser that wrongly says it is offline sends all the same', async () => {
    const before = `<script>Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })</script>`
    await visit({ before })
    await reachStep(page, 'Developer')
    await toldOf(page, 'delivered')
    expect(answersIn(receiver.requests)).toEqual(['Developer'])
  })
})
