import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { type Cors, createReceiver, type Receiver } from '../support/receiver.ts'
import { createSite, type Site } from '../support/site.ts'

const json = { 'content-type': 'application/json' }
const requests = {
  JSON: { headers: json },
  'JSON with a header': { headers: { ...json, 'x-team': 'growth' } },
  'keepalive JSON': { headers: json, keepalive: true },
  'no-cors JSON with a header': { headers: { ...json, 'x-team': 'growth' }, mode: 'no-cors' },
  text: {},
  'keepalive text': { keepalive: true },
  'no-cors text': { mode: 'no-cors' },
} satisfies Record<string, RequestInit>

// What every engine does with a request to another origin. Tourhook's transports stand on these facts.
describe.each(inject('engines'))('a page in %s', engine => {
  let browser: Browser
  let page: BrowserPage
  let receiver: Receiver
  let site: Site

  beforeAll(async () => {
    browser = await launchBrowser(engine)
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    receiver = await createReceiver()
    site = await createSite({ pages: { '/': '<p>here', '/next': '<p>there' } })
    page = await browser.newPage()
    await page.goto(site.url())
  })
  afterEach(async () => {
    await page.close()
    await Promise.all([receiver.close(), site.close()])
  })

  /** POSTs from the page and tells what the page got to know of it. */
  const post = (init: RequestInit) =>
    page.evaluate(
      (url, init) =>
        fetch(url, { method: 'POST', body: '{"role":"Developer"}', ...init }).then(
          ({ type, status }) => `${type} ${status}`,
          (error: Error) => error.name,
        ),
      receiver.url('/hook'),
      init,
    )

  it.each<[request: keyof typeof requests, cors: Cors, told: string, arrived: string[]]>([
    ['JSON', 'full', 'cors 200', ['OPTIONS', 'POST']],
    ['JSON', 'none', 'TypeError', ['OPTIONS']],
    ['JSON', 'preflight-only', 'TypeError', ['OPTIONS', 'POST']],
    ['JSON', 'no-headers', 'cors 200', ['OPTIONS', 'POST']],
    ['keepalive JSON', 'full', 'cors 200', ['OPTIONS', 'POST']],
    ['keepalive JSON', 'none', 'TypeError', ['OPTIONS']],
    ['JSON with a header', 'full', 'cors 200', ['OPTIONS', 'POST']],
    ['JSON with a header', 'none', 'TypeError', ['OPTIONS']],
    ['JSON with a header', 'no-headers', 'TypeError', ['OPTIONS']],
    ['text', 'full', 'cors 200', ['POST']],
    ['text', 'none', 'TypeError', ['POST']],
    ['text', 'preflight-only', 'TypeError', ['POST']],
    ['keepalive text', 'full', 'cors 200', ['POST']],
    ['keepalive text', 'none', 'TypeError', ['POST']],
    ['no-cors text', 'full', 'opaque 0', ['POST']],
    ['no-cors text', 'none', 'opaque 0', ['POST']],
    ['no-cors JSON with a header', 'full', 'opaque 0', ['POST']],
    ['no-cors JSON with a header', 'none', 'opaque 0', ['POST']],
  ])(
    'that posts %s to an endpoint with CORS %s is told %s, and %j arrives',
    async (request, cors, told, arrived) => {
      receiver.script({ cors })

      expect(await post(requests[request])).toBe(told)

      const { preflights, requests: posts } = receiver
      expect([...preflights, ...posts].map(({ method }) => method)).toEqual(arrived)
    },
  )

  it('sends no-cors JSON as plain text, without the headers', async () => {
    await post(requests['no-cors JSON with a header'])

    const [request] = await receiver.arrived(1)
    expect(request?.headers['content-type']).toMatch(/^text\/plain/)
    expect(request?.headers).not.toHaveProperty('x-team')
  })

  it('reads Retry-After across origins only if the endpoint exposes it', async () => {
    const answer = { status: 429, headers: { 'retry-after': '7' } }
    const retryAfter = () =>
      page.evaluate(url => fetch(url).then(({ headers }) => headers.get('retry-after')), receiver.url('/hook'))

    receiver.script({ answer })
    expect(await retryAfter()).toBe('7')

    receiver.script({
      answer: { ...answer, headers: { ...answer.headers, 'access-control-expose-headers': '' } },
    })
    expect(await retryAfter()).toBeNull()
  })

  it.each(['keepalive JSON', 'keepalive text'] as const)(
    'delivers %s from a click handler that then navigates away',
    async request => {
      await page.evaluate(
        (url, init) => {
          document.body.innerHTML = '<button>Finish</button>'
          document.querySelector('button')?.addEventListener('click', () => {
            void fetch(url, { method: 'POST', body: '{"role":"Developer"}', ...init })
            location.href = '/next'
          })
        },
        receiver.url('/hook'),
        requests[request],
      )

      await page.click('button')
      await page.waitFor(() => location.pathname === '/next')

      expect((await receiver.arrived(1)).map(({ json }) => json)).toEqual([{ role: 'Developer' }])
    },
  )

  it('delivers keepalive JSON from a pagehide listener', async () => {
    await page.evaluate(
      (url, init) => {
        addEventListener('pagehide', () => {
          void fetch(url, { method: 'POST', body: '{"role":"Developer"}', ...init })
        })
      },
      receiver.url('/hook'),
      requests['keepalive JSON'],
    )

    await page.goto(site.url('/next'))

    expect((await receiver.arrived(1)).map(({ json }) => json)).toEqual([{ role: 'Developer' }])
  })
})
