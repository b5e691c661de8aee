import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../../src/schema/config.ts'
import type { Webhook } from '../../src/schema/webhook.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { createReceiver, type Receiver } from '../support/receiver.ts'
import { createSite, type Site, type SitePage } from '../support/site.ts'
import {
  answersIn,
  nothingPending,
  pendingOf,
  reachStep,
  toldOf,
  tourConfig,
  tourPage,
} from '../support/tour-page.ts'

let browser: Browser
let page: BrowserPage
let receiver: Receiver
let sites: Site[] = []

beforeAll(async () => {
  browser = await launchBrowser('chromium')
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

async function visit(pages: Record<string, SitePage>): Promise<Site> {
  const site = await createSite({ pages })
  sites.push(site)
  await page.goto(site.url())
  return site
}

const configFor = (webhook: Omit<Webhook, 'id' | 'url'> = {}) =>
  tourConfig({ url: receiver.url('/hook'), transport: 'cors', ...webhook })

/** A config whose tour sends the tag `plan` as soon as it starts. */
const configOfTag = (): Config => ({
  webhooks: [{ id: 'crm', url: receiver.url('/hook'), transport: 'cors', data: { plan: { tag: 'plan' } } }],
  tours: [
    {
      id: 'welcome',
      steps: [
        { id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm' } },
        { id: 'done', type: 'modal', title: 'Bye' },
      ],
    },
  ],
})

const asset = (content: unknown): SitePage => ({
  html: typeof content === 'string' ? content : JSON.stringify(content),
  headers: { 'content-type': 'application/json' },
})

const dataOf = (requests: Receiver['requests']) => requests.map(({ json }) => (json as { data: unknown }).data)

describe('the script tag', () => {
  it('fetches its config, starts its tour and sends the tags that the page has set late', async () => {
    await visit({
      '/': `<script async src="/dist/tourhook.js" data-config="/tourhook.json" data-tags="usetifulTags"></script>
        <button onclick="window.usetifulTags = { plan: 'pro' }; tourhook.start('welcome')">Start</button>`,
      '/tourhook.json': asset(configOfTag()),
    })
    await page.waitFor(() => 'start' in (window.tourhook ?? {}))

    await page.click('button')

    expect(dataOf(await receiver.arrived(1))).toEqual([{ plan: 'pro' }])
  })

  it('finds the inline config that comes after it', async () => {
    await visit({
      '/': `<head><script src="/dist/tourhook.js" data-start="welcome"></script></head>
        <script type="application/json" id="tourhook-config">${JSON.stringify(configOfTag())}</script>`,
    })

    expect(dataOf(await receiver.arrived(1))).toEqual([{}])
  })

  it('starts the tour that data-start names, with the tags that are there', async () => {
    await visit({
      '/': `<script>window.usetifulTags = { plan: 'basic' }</script>
        <script async src="/dist/tourhook.js" data-config="/tourhook.json" data-tags="usetifulTags"
          data-start="welcome"></script>`,
      '/tourhook.json': asset(configOfTag()),
    })

    expect(dataOf(await receiver.arrived(1))).toEqual([{ plan: 'basic' }])
  })

  it('runs the commands that were queued before it has loaded, and those after', async () => {
    await visit({
      '/': `<script>
          window.ran = []
          window.tourhook = window.tourhook || []
          tourhook.push(t => ran.push('before ' + typeof t.start))
          tourhook.push(() => { throw new Error('the page has a bug') })
          tourhook.push(() => ran.push('after a bug'))
        </script>
        <script type="application/json" id="tourhook-config">${JSON.stringify(configOfTag())}</script>
        <script async src="/dist/tourhook.js"></script>`,
    })
    await page.waitFor(() => 'start' in (window.tourhook ?? {}))

    await page.evaluate(() => window.tourhook?.push(() => Reflect.get(window, 'ran').push('after')))

    expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toEqual([
      'before function',
      'after a bug',
      'after',
    ])
  })

  it('works once when it is loaded twice', async () => {
    const twice = '<script src="/dist/tourhook.js" data-start="welcome"></script>'.repeat(2)
    await visit({ '/': tourPage(configOfTag(), { attributes: 'data-start="welcome"', after: twice }) })
    await toldOf(page, 'delivered')

    await page.evaluate(async () => (await window.loaded).trigger({ type: 'webhook', webhook: 'crm' }))
    await toldOf(page, 'delivered', 2)

    expect(receiver.requests).toHaveLength(2)
  })

  it('leaves a global of its name to the page, says so, and starts its tour', async () => {
    await visit({
      '/': `<script>
          var tourhook = 'of the page'
          window.errors = []
          document.addEventListener('tourhook:error', ({ detail }) => errors.push(detail.error.message))
        </script>
        <script type="application/json" id="tourhook-config">${JSON.stringify(configOfTag())}</script>
        <script src="/dist/tourhook.js" data-start="welcome"></script>`,
    })

    await receiver.arrived(1)
    expect(await page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([
      "window.tourhook is a string of the page's own: rename it, so that calls reach Tourhook",
    ])
    expect(await page.evaluate(() => Reflect.get(window, 'tourhook'))).toBe('of the page')
  })

  it('announces each event on the document', async () => {
    await visit({
      '/': tourPage(configFor(), {
        before: `<script>
          window.heard = []
          for (const name of ['started', 'step', 'completed', 'closed', 'queued', 'delivered']) {
            document.addEventListener('tourhook:' + name, () => heard.push(name))
          }
        </script>`,
      }),
    })

    await reachStep(page)
    await toldOf(page, 'delivered')
    await page.evaluate(async () => (await window.loaded).start('welcome')?.next())

    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([
      'started',
      'step',
      'queued',
      'step',
      'delivered',
      // The tour goes on, and is started once more.
      'step',
      'completed',
    ])
  })

  it.each<[what: string, config: string, attributes: string, pages: Record<string, SitePage>]>([
    ['is no JSON', '{ "tours": [', '', {}],
    ['is missing', '', 'data-config="/missing.json"', {}],
    ['is nowhere', '', '', {}],
    ['is fetched and no JSON', '', 'data-config="/broken.json"', { '/broken.json': asset('<p>oops') }],
    ['is no object', '"tours"', '', {}],
  ])('leaves the page whole when the config %s, and says so', async (_, config, attributes, pages) => {
    await visit({
      '/': `<script>
          window.errors = []
          document.addEventListener('tourhook:error', ({ detail }) => errors.push(detail.error.message))
        </script>
        <script type="application/json" id="tourhook-config">${config}</script>
        <script src="/dist/tourhook.js" ${attributes}></script>
        <button onclick="tourhook.push(() => {}); document.title = 'whole'">Go on</button>`,
      ...pages,
    })

    await page.waitFor(() => Reflect.get(window, 'errors').length === 1)
    await page.click('button')

    expect(await page.evaluate(() => document.title)).toBe('whole')
    expect(page.errors.filter(error => !error.includes('404'))).toEqual([])
  })
})

describe('a page', () => {
  it('goes on with the run of the page before, with its answers', async () => {
    const site = await visit({ '/': tourPage(configFor()), '/next': tourPage(configFor()) })
    await page.evaluate(async () => (await window.loaded).start('welcome')?.answer('answer', 'Developer'))

    await page.goto(site.url('/next'))
    await page.evaluate(async () => (await window.loaded).start('welcome')?.next())

    expect(answersIn(await receiver.arrived(1))).toEqual(['Developer'])
    expect(await page.evaluate(async () => (await window.loaded).start('welcome')?.step?.id)).toBe('done')
  })

  it('is left without a trace when the visitor withdraws the consent', async () => {
    receiver.script({ answer: { status: 503, headers: { 'retry-after': '600' } } })
    await visit({ '/': tourPage(configFor()) })
    await page.evaluate(() => localStorage.setItem('of the page', 'stays'))
    await reachStep(page)
    await receiver.arrived(1)
    await page.waitFor(() => Object.keys(localStorage).length > 1 && sessionStorage.length > 0)

    await page.evaluate(async () => (await window.loaded).consent(false))
    await reachStep(page)

    expect(await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)])).toEqual([
      ['of the page'],
      [],
    ])
    expect(await pendingOf(page)).toEqual([])
    expect(receiver.requests).toHaveLength(1)
  })

  it('without consent sends nothing until it is given', async () => {
    await visit({ '/': tourPage(configFor(), { attributes: 'data-consent="false"' }) })
    await reachStep(page, 'before')
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)

    await page.evaluate(async () => (await window.loaded).consent(true))
    await reachStep(page, 'after')
    await toldOf(page, 'delivered')

    expect(answersIn(receiver.requests)).toEqual(['after'])
  })
})

describe('a page that comes back from the back/forward cache', () => {
  let whole: Browser

  beforeAll(async () => {
    whole = await launchBrowser('chromium', { whole: true })
  })
  afterAll(() => whole.close())

  beforeEach(async () => {
    await page.close()
    page = await whole.newPage()
  })

  it('sends what waits', async () => {
    const site = await visit({
      '/': tourPage(configFor(), {
        after: `<script>addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted))</script>`,
      }),
      '/other': '<title>Another page</title>',
    })
    await reachStep(page, 1)
    await toldOf(page, 'delivered')
    await receiver.down()
    await reachStep(page, 2)
    await toldOf(page, 'error')

    await page.goto(site.url('/other'))
    await receiver.up()
    await page.evaluate(() => history.back())
    await page.waitFor(() => Reflect.get(window, 'persisted'))
    await nothingPending(page)

    expect(answersIn(receiver.requests)).toEqual([1, 2])
  })

  it('does not send again what it left to the browser', async () => {
    receiver.script({ answer: { status: 200, delayMs: 500 } })
    await visit({
      '/': tourPage(configFor(), {
        after: `<a href="/other" onclick="reach('Developer')">Other page</a>
          <script>addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted))</script>`,
      }),
      '/other': '<title>Another page</title>',
    })
    await page.waitFor(() => window.loaded.then(() => true))
    await page.click('a')
    await page.waitFor(() => location.pathname === '/other')
    await receiver.arrived(1)

    await page.evaluate(() => history.back())
    await page.waitFor(() => Reflect.get(window, 'persisted'))
    await nothingPending(page)
    await reachStep(page, 'last')
    await page.waitFor(() => window.told.filter(({ name }) => name === 'delivered').length === 2)

    expect(answersIn(receiver.requests)).toEqual(['Developer', 'last'])
  })
})

describe('a hostile page', () => {
  it('whose listeners throw gets its messages delivered', async () => {
    await visit({
      '/': tourPage(configFor(), {
        before: `<script>
          const fail = () => { throw new Error('the page has a bug') }
          for (const name of ['started', 'step', 'queued', 'delivered', 'error']) {
            document.addEventListener('tourhook:' + name, fail)
            tourhook.push(t => t.on(name, fail))
          }
        </script>`,
      }),
    })

    await reachStep(page, 'Developer')
    await toldOf(page, 'delivered')

    expect(answersIn(receiver.requests)).toEqual(['Developer'])
    expect(await pendingOf(page)).toEqual([])
  })

  it.each(['throws', 'rejects'])('whose fetch %s keeps its message for the next', async how => {
    const broken = how === 'throws' ? `() => { throw new Error('patched') }` : `async () => { throw 'patched' }`
    const site = await visit({
      '/': tourPage(configFor(), { before: `<script>window.fetch = ${broken}</script>` }),
      '/next': tourPage(configFor()),
    })

    await reachStep(page, 'Developer')
    await toldOf(page, 'error')
    expect(await pendingOf(page)).toHaveLength(1)
    await page.goto(site.url('/next'))
    await nothingPending(page)

    expect(answersIn(receiver.requests)).toEqual(['Developer'])
  })

  it('whose Cross-Origin-Embedder-Policy hides the answer, without isolating the page, says so and asks once more', async () => {
    receiver.script({ cors: 'none' })
    const headers = { 'cross-origin-embedder-policy': 'require-corp' }
    await visit({ '/': { html: tourPage(configFor({ transport: 'auto' })), headers } })
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(false)

    await reachStep(page, 'Developer')
    expect((await toldOf(page, 'error'))[0]?.message).toMatch(/Cross-Origin-Embedder-Policy hides the answer/)
    await page.goto(await page.url())
    expect(await toldOf(page, 'failed')).toMatchObject([{ reason: 'unanswered' }])

    expect(receiver.requests).toHaveLength(2)
    expect(await pendingOf(page)).toEqual([])
  })

  it('whose answer is five megabytes is not held up by it', async () => {
    receiver.script({ answer: { status: 200, body: 'x'.repeat(5_000_000) } })
    await visit({ '/': tourPage(configFor()) })

    await reachStep(page, 'Developer')
    await toldOf(page, 'delivered')

    expect(await pendingOf(page)).toEqual([])
  })
})

describe('a big message', () => {
  it.each(['cors', 'simple'] as const)('of 100 kB arrives, without keepalive: %s', async transport => {
    await visit({ '/': tourPage(configFor({ transport })) })

    await reachStep(page, 'x'.repeat(100_000))
    await toldOf(page, transport === 'simple' ? 'sent' : 'delivered')

    expect(answersIn(receiver.requests)).toEqual(['x'.repeat(100_000)])
    expect(await page.evaluate(() => window.told.map(({ name }) => name))).toEqual([
      'queued',
      transport === 'simple' ? 'sent' : 'delivered',
    ])
  })

  it.each(['cors', 'simple'] as const)(
    'of 50 kB arrives with nine others, all at once: %s',
    async transport => {
      await visit({ '/': tourPage(configFor({ transport })) })

      await page.evaluate(async () => {
        await window.loaded
        for (let answer = 0; answer < 10; answer++) window.reach(String(answer).repeat(50_000))
      })
      await toldOf(page, transport === 'simple' ? 'sent' : 'delivered', 10)

      const answers = answersIn(receiver.requests).map(answer => String(answer)[0])
      expect(answers.toSorted()).toEqual(Array.from({ length: 10 }, (_, answer) => String(answer)))
      expect(await pendingOf(page)).toEqual([])
    },
  )
})
