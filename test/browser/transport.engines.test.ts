import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Webhook } from '../../src/schema/webhook.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { type Answer, type Cors, createReceiver, type Receiver } from '../support/receiver.ts'
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

describe.each(inject('engines'))('a message from %s', engine => {
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

  /** Opens a page with a tour; each test's is an origin of its own. */
  async function visit(webhook: Omit<Webhook, 'id' | 'url'> & { url?: string } = {}, policy?: string) {
    const html = tourPage(tourConfig({ url: receiver.url('/hook'), ...webhook }), {
      nonce: 'once',
      before: `<script nonce="once">
        window.violations = []
        document.addEventListener('securitypolicyviolation', event => violations.push(event.effectiveDirective))
      </script>`,
    })
    const headers: Record<string, string> = policy ? { 'content-security-policy': policy } : {}
    const site = await createSite({ pages: { '/': { html, headers } } })
    sites.push(site)
    await page.goto(site.url())
  }

  const methods = () => [...receiver.preflights, ...receiver.requests].map(({ method }) => method)

  it.each<
    [webhook: Omit<Webhook, 'id' | 'url'>, cors: Cors, status: number, transport: string, methods: string[]]
  >([
    [{}, 'full', 200, 'cors', ['OPTIONS', 'POST']],
    [{}, 'none', 0, 'simple', ['OPTIONS', 'POST']],
    [{}, 'no-headers', 200, 'cors', ['OPTIONS', 'POST']],
    [{ transport: 'cors' }, 'full', 200, 'cors', ['OPTIONS', 'POST']],
    [{ transport: 'simple' }, 'full', 0, 'simple', ['POST']],
    [{ transport: 'simple' }, 'none', 0, 'simple', ['POST']],
    [{ transport: 'simple' }, 'preflight-only', 0, 'simple', ['POST']],
    [{ headers: { 'X-Team': 'growth' } }, 'full', 200, 'cors', ['OPTIONS', 'POST']],
    [{ auth: { username: 'ada', password: 'löve' } }, 'full', 200, 'cors', ['OPTIONS', 'POST']],
    [{ method: 'GET' }, 'full', 0, 'simple', ['GET']],
    [{ method: 'GET' }, 'none', 0, 'simple', ['GET']],
    [{ method: 'GET', headers: { 'X-Team': 'growth' } }, 'full', 200, 'cors', ['OPTIONS', 'GET']],
  ])(
    'with %j to an endpoint with CORS %s has status %i by %s: %j',
    async (webhook, cors, status, transport, made) => {
      receiver.script({ cors })
      await visit(webhook)

      await reachStep(page, 'Developer')

      const [told] = await toldOf(page, status ? 'delivered' : 'sent')
      expect(told).toMatchObject({ transport, ...(status && { status }) })
      expect(methods()).toEqual(made)
      expect(await pendingOf(page)).toEqual([])
    },
  )

  it('carries the same JSON as CORS and as a simple request', async () => {
    await visit({ transport: 'cors' })
    await reachStep(page, 'Developer')
    await toldOf(page, 'delivered')
    await visit({ transport: 'simple' })
    await reachStep(page, 'Developer')
    await toldOf(page, 'sent')

    const [cors, simple] = receiver.requests
    expect(cors?.headers['content-type']).toBe('application/json')
    expect(simple?.headers['content-type']).toMatch(/^text\/plain/)
    expect(answersIn(receiver.requests)).toEqual(['Developer', 'Developer'])
    expect(Object.keys(cors?.json as object)).toEqual(Object.keys(simple?.json as object))
  })

  it('carries no cookie, not even to an endpoint of the page’s own origin', async () => {
    const site = await createSite({ pages: {} })
    sites.push(site)
    const html = tourPage(tourConfig({ url: receiver.url('/hook') })).replaceAll('/dist/', site.url('/dist/'))
    const headers = { 'content-type': 'text/html', 'set-cookie': 'session=secret' }
    receiver.script({ path: '/', answer: { status: 200, headers, body: html } })
    await page.goto(receiver.url('/'))
    await page.goto(receiver.url('/'))
    await reachStep(page)

    const [message] = await receiver.arrived(1, { path: '/hook' })
    const [, again] = receiver.requests.filter(({ path }) => path === '/')
    expect(again?.headers.cookie).toBe('session=secret')
    expect(message?.headers.cookie).toBeUndefined()
  })

  it('carries the headers and the name and password that the webhook has', async () => {
    await visit({ headers: { 'X-Team': 'growth' }, auth: { username: 'ada', password: 'löve' } })

    await reachStep(page)
    const [request] = await receiver.arrived(1)

    expect(request?.headers).toMatchObject({
      'x-team': 'growth',
      authorization: `Basic ${Buffer.from('ada:löve').toString('base64')}`,
    })
  })

  it('carries its data and its id in the address of a GET', async () => {
    await visit({ method: 'GET', query: { source: 'tour' } })

    await reachStep(page, 'Developer & more')
    const [request] = await receiver.arrived(1)

    expect(request?.query).toEqual({
      source: 'tour',
      answer: 'Developer & more',
      messageId: (await toldOf(page, 'queued'))[0]?.id,
    })
  })

  it('is sent each time, though the endpoint lets its answer be kept', async () => {
    receiver.script({ answer: { status: 200, headers: { 'cache-control': 'max-age=600' } } })
    await visit({ method: 'GET', body: 'data' })

    await reachStep(page, 'Developer')
    await toldOf(page, 'sent')
    await reachStep(page, 'Developer')
    await toldOf(page, 'sent', 2)

    expect(receiver.requests).toHaveLength(2)
  })

  it.each<Omit<Webhook, 'id' | 'url'>>([
    { headers: { 'X-Team': 'growth' } },
    { auth: { username: 'ada', password: 'love' } },
  ])('with %j waits where the preflight fails, and the error names the relay', async webhook => {
    receiver.script({ cors: 'none' })
    await visit(webhook)

    await reachStep(page)

    const [error] = await toldOf(page, 'error')
    expect(error?.message).toContain('"transport": "relay"')
    expect(error?.message).toContain(new URL(receiver.url()).origin)
    expect(error?.message).not.toContain('/hook')
    expect(receiver.requests).toEqual([])
    expect(await pendingOf(page)).toHaveLength(1)
  })

  it('arrives again, with its id, where only the preflight has CORS headers', async () => {
    receiver.script({ cors: 'preflight-only' })
    await visit()

    await reachStep(page, 'Developer')
    const [sent] = await toldOf(page, 'sent')

    expect(sent).toMatchObject({ transport: 'simple' })
    expect(receiver.requests.map(({ headers }) => headers['content-type']?.split(';')[0])).toEqual([
      'application/json',
      'text/plain',
    ])
    expect(new Set(idsIn(receiver.requests)).size).toBe(1)
  })

  it('remembers, by "auto", what worked, also on the next page', async () => {
    receiver.script({ cors: 'none' })
    await visit()
    await reachStep(page, 1)
    await toldOf(page, 'sent')

    await reachStep(page, 2)
    await toldOf(page, 'sent', 2)
    await page.goto(await page.url())
    await reachStep(page, 3)
    await toldOf(page, 'sent')

    expect(receiver.preflights).toHaveLength(1)
    expect(answersIn(receiver.requests)).toEqual([1, 2, 3])
  })

  it.each([400, 401, 404, 410, 422])('is refused with %i: told, and never sent again', async status => {
    receiver.script({ answer: { status } })
    await visit()

    await reachStep(page)
    const [failed] = await toldOf(page, 'failed')
    await page.goto(await page.url())
    await nothingPending(page)

    expect(failed).toMatchObject({ reason: 'refused', status })
    expect(receiver.requests).toHaveLength(1)
  })

  it.each<[name: string, answer: Answer]>([
    ['408', { status: 408 }],
    ['425', { status: 425 }],
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['a dropped connection', 'drop'],
  ])('is sent again after %s, with its id', async (_, answer) => {
    receiver.script({ answers: [answer, answer] })
    await visit({ transport: 'cors' })

    await reachStep(page)
    await toldOf(page, 'delivered')

    const ids = idsIn(receiver.requests)
    expect(ids).toEqual([ids[0], ids[0], ids[0]])
    expect(await pendingOf(page)).toEqual([])
  })

  it('waits longer before each try in the page', async () => {
    receiver.script({ answers: Array.from({ length: 3 }, () => ({ status: 503 })) })
    await visit({ transport: 'cors' })
    // The longest that the jitter allows.
    await page.evaluate(() => {
      Math.random = () => 0.99
    })

    await reachStep(page)
    await toldOf(page, 'delivered')

    const times = receiver.requests.map(({ arrivedAt }) => arrivedAt)
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(waits).toHaveLength(3)
    for (const [index, least] of [290, 580, 1_170].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(least)
    }
  })

  it('waits as long as a Retry-After asks that the page may read', async () => {
    receiver.script({ answers: [{ status: 429, headers: { 'retry-after': '2' } }] })
    await visit()

    await reachStep(page)
    await toldOf(page, 'delivered')

    const [first, second] = receiver.requests
    expect((second?.arrivedAt ?? 0) - (first?.arrivedAt ?? 0)).toBeGreaterThanOrEqual(1_900)
    expect(receiver.requests).toHaveLength(2)
  })

  it('waits past the page for a long Retry-After', async () => {
    receiver.script({ answers: [{ status: 503, headers: { 'retry-after': '600' } }] })
    await visit()

    await reachStep(page)
    await page.waitFor(() =>
      Object.entries(localStorage).some(
        ([key, value]) =>
          key.startsWith('tourhook:delivery:') && JSON.parse(value).notBefore > Date.now() + 590_000,
      ),
    )
    await page.goto(await page.url())
    await page.evaluate(async () => (await window.loaded).flush())

    expect(receiver.requests).toHaveLength(1)
    expect(await pendingOf(page)).toHaveLength(1)
  })

  it('waits where the page forbids the endpoint; the error names the directive and the host', async () => {
    await visit({}, "default-src 'self'; script-src 'self' 'nonce-once'; connect-src 'self'")

    await reachStep(page)

    const [error] = await toldOf(page, 'error')
    expect(error?.message).toContain('connect-src')
    expect(error?.message).toContain(new URL(receiver.url()).host)
    expect(error?.message).not.toContain('relay')
    expect(await pendingOf(page)).toHaveLength(1)
    expect(methods()).toEqual([])
  })

  it('leaves a page whose policy allows nothing but it and the endpoint', async () => {
    // The icon is the browser's own wish.
    const icon = "img-src 'self'"
    await visit({}, `default-src 'none'; ${icon}; script-src 'nonce-once'; connect-src ${receiver.url('')}`)

    await reachStep(page)
    await toldOf(page, 'delivered')

    expect(await page.evaluate(() => Reflect.get(window, 'violations'))).toEqual([])
  })
})
