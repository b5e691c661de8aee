import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Message } from '../../src/message/message.ts'
import type { Webhook } from '../../src/schema/webhook.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { type Cors, createReceiver, type ReceivedRequest, type Receiver } from '../support/receiver.ts'
import { createSite, type Site } from '../support/site.ts'
import { nothingPending, reachStep, toldOf, tourConfig, tourPage } from '../support/tour-page.ts'

/** Each leaves for `/?n`, in the task in which the step is reached. */
const exits = ['link', 'location', 'form', 'closed tab', 'pagehide before ours', 'pagehide after ours'] as const
type Exit = (typeof exits)[number]

/** As one round: `pagehide` counts once, its two orders taking turns. */
const round = (turn: number) =>
  exits.filter(exit => exit !== (turn % 2 ? 'pagehide before ours' : 'pagehide after ours'))

const html = `
  <p><a id="link" href="/">Next page</a>
  <p><button id="location">Next page</button>
  <form id="form" action="/"><input type="hidden" name="n"><button id="submit">Next page</button></form>
  <p><button id="tab">Other tab</button>`

/** Runs in the page: wires the ways of leaving it; `before` and `after` stand on either side of Tourhook's script. */
const before = `<script>
  const answer = () => Number(sessionStorage.n)
  addEventListener('pagehide', () => sessionStorage.exit === 'pagehide before ours' && reach(answer()))
</script>`
const after = `<script>
  const address = () => '/?n=' + answer()
  addEventListener('pagehide', () => sessionStorage.exit === 'pagehide after ours' && reach(answer()))
  link.onclick = () => {
    link.href = address()
    reach(answer())
  }
  document.getElementById('location').onclick = () => {
    if (sessionStorage.exit === 'location') reach(answer())
    location.href = address()
  }
  form.onsubmit = () => {
    form.n.value = answer()
    reach(answer())
  }
  tab.onclick = () => {
    window.other = open('/closing?n=' + answer())
  }
  if (location.pathname === '/closing') {
    loaded.then(() => {
      reach(Number(new URLSearchParams(location.search).get('n')))
      close()
    })
  }
</script>`

describe.each(inject('engines'))('a step that is reached as the page is left, in %s', engine => {
  const trials = inject('departures')
  let browser: Browser
  let page: BrowserPage
  let receiver: Receiver
  let site: Site
  let sites: Site[] = []

  beforeAll(async () => {
    browser = await launchBrowser(engine, { whole: true })
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

  async function visit(webhook: Omit<Webhook, 'id' | 'url'>, cors: Cors) {
    receiver.script({ cors })
    const attributes = webhook.transport === 'relay' ? `data-server="${receiver.url('')}"` : ''
    const tour = tourPage(tourConfig({ url: receiver.url(), ...webhook }), {
      attributes,
      before: html + before,
      after,
    })
    site = await createSite({ pages: { '/': tour, '/closing': tour } })
    sites.push(site)
    await page.goto(site.url('/'))
    await page.waitFor(() => window.loaded.then(() => true))
  }

  /** Reaches the step and leaves the page in the same task; resolves when the next page is there. */
  async function leave(exit: Exit, n: number) {
    await page.evaluate((exit, n) => Object.assign(sessionStorage, { exit, n }), exit, n)
    if (exit === 'closed tab' && engine === 'webkit') {
      // Under WebDriver, MiniBrowser opens no window for a page: the driver closes one, a task after the step.
      const tab = await browser.newPage()
      await tab.goto(site.url('/'))
      await reachStep(tab, n)
      await tab.close()
    } else if (exit === 'closed tab') {
      await page.click('#tab')
      await page.waitFor(() => (window as Window & { other?: Window }).other?.closed)
    } else {
      await page.click({ link: '#link', form: '#submit' }[exit as string] ?? '#location')
      await page.waitFor(n => location.search === `?n=${n}` && window.loaded.then(() => true), n)
    }
  }

  const kinds: [kind: string, webhook: Omit<Webhook, 'id' | 'url'>, cors: Cors, trials: number][] = [
    ['JSON with a preflight', { transport: 'cors' }, 'full', trials],
    ['a simple request', { transport: 'simple' }, 'none', trials],
    ['JSON, which "auto" knows to work', {}, 'full', 10],
    ['a simple request, which "auto" knows to work', {}, 'none', 10],
    ['a GET', { method: 'GET' }, 'none', 10],
  ]

  it.each(kinds)(
    'arrives, and once, as %s',
    async (_, webhook, cors, trials) => {
      await visit(webhook, cors)
      const answered = cors === 'full' ? 'delivered' : 'sent'
      // The first tells "auto" the way.
      await reachStep(page, 'first')
      await toldOf(page, answered)

      const leavings = Array.from({ length: trials / 5 }, (_, turn) => round(turn)).flat()
      for (const [n, exit] of leavings.entries()) {
        await leave(exit, n)
        await nothingPending(page)
      }
      await reachStep(page, 'last')
      await toldOf(page, answered)

      const numbers = [...leavings.keys()]
      const arrived = answersOf(await receiver.arrived(trials + 2))
      const missing = numbers.filter(n => !arrived.includes(String(n))).map(n => leavings[n])
      const repeated = numbers.filter(n => arrived.filter(answer => answer === String(n)).length > 1)
      expect({ missing, repeated: repeated.map(n => leavings[n]) }).toEqual({ missing: [], repeated: [] })
      expect(arrived).toHaveLength(trials + 2)
    },
    300_000,
  )

  it.each(exits)('arrives where the way is not known, and again only with its id: %s', async exit => {
    const unknown: [webhook: Omit<Webhook, 'id' | 'url'>, cors: Cors, path: string][] = [
      [{}, 'full', '/'],
      [{}, 'none', '/'],
      [{ transport: 'relay' }, 'full', '/v1/relay/crm'],
    ]
    for (const [webhook, cors, path] of unknown) {
      await visit(webhook, cors)
      receiver.clear()

      await leave(exit, 1)
      await nothingPending(page)

      const messages = (await receiver.arrived(1, { path })).map(messageIn)
      expect(new Set(messages.map(({ data }) => data.answer))).toEqual(new Set([1]))
      expect(new Set(messages.map(({ id }) => id)).size).toBe(1)
    }
  })
})

function messageIn({ json }: ReceivedRequest): Message {
  return (json as { message?: Message }).message ?? (json as Message)
}

function answersOf(requests: Receiver['requests']): string[] {
  return requests.map(({ method, query, json }) =>
    String(method === 'GET' ? query.answer : (json as { data: { answer: unknown } }).data.answer),
  )
}
