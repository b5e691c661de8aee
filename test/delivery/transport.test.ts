import { describe, expect, it, vi } from 'vitest'
import { transportsFor } from '../../src/delivery/transport.ts'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()
const day = 24 * 3_600_000

describe('the choice of a transport', () => {
  it('is the author’s, where the author has made one', () => {
    for (const transport of ['cors', 'simple', 'relay'] as const) {
      expect(transportsFor({ id: 'crm', transport })).toEqual([transport])
      expect(transportsFor({ id: 'crm', transport }, 'cors')).toEqual([transport])
    }
  })

  it('is JSON with CORS first, then a simple request; the one that has worked alone, once it is known', () => {
    expect(transportsFor({ id: 'crm' })).toEqual(['cors', 'simple'])
    expect(transportsFor({ id: 'crm' }, 'simple')).toEqual(['simple'])
    expect(transportsFor({ id: 'crm' }, 'cors')).toEqual(['cors'])
  })

  it('is not remembered where it is the author’s, who may change it', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'simple' }))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length === 1)
    expect(Object.keys(localStorage)).toEqual([])
  })

  it('has no simple form with headers or auth', () => {
    expect(transportsFor({ id: 'crm', headers: { 'X-Team': 'growth' } })).toEqual(['cors'])
    expect(transportsFor({ id: 'crm', auth: { username: 'u', password: 'p' }, method: 'GET' })).toEqual([
      'cors',
    ])
  })

  it('is a simple request for GET, which arrives either way', () => {
    expect(transportsFor({ id: 'crm', method: 'GET' })).toEqual(['simple'])
  })
})

describe('an endpoint with CORS', () => {
  it('gets JSON, and its answer is read', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url('/hook')))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toMatchObject([
      { method: 'POST', path: '/hook', headers: { 'content-type': 'application/json' } },
    ])
    expect(page.receiver.preflights).toHaveLength(1)
    expect(heard.delivered).toMatchObject([{ transport: 'cors', status: 200 }])
  })

  it('gets headers and Basic auth', async () => {
    const auth = { username: 'ada', password: 'pass wörd ✓' }
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { headers: { 'X-Team': 'growth' }, auth }))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    const { headers } = page.receiver.requests[0] ?? {}
    expect(headers?.['x-team']).toBe('growth')
    const [scheme, credentials = ''] = headers?.authorization?.split(' ') ?? []
    expect(scheme).toBe('Basic')
    expect(Buffer.from(credentials, 'base64').toString('utf8')).toBe('ada:pass wörd ✓')
  })
})

describe('an endpoint without CORS', () => {
  it('gets the message once, as a simple request with the same id', async () => {
    page.receiver.script({ cors: 'none' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length > 0)
    await page.wind(60_000)
    expect(page.receiver.preflights).toHaveLength(1)
    expect(page.receiver.requests).toMatchObject([
      { json: { id: heard.queued[0]?.id }, headers: { 'content-type': expect.stringMatching(/^text\/plain/) } },
    ])
    expect(heard.sent).toMatchObject([{ id: heard.queued[0]?.id, webhook: 'crm', transport: 'simple' }])
    expect(heard.delivered).toEqual([])
    expect(heard.error).toEqual([])
  })

  it('is remembered: the next message takes a simple request at once, on the next page, too', async () => {
    page.receiver.script({ cors: 'none' })
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.windUntil(() => first.heard.sent.length > 0)
    first.tourhook.destroy()

    const { tourhook, heard } = page.open(config)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length > 0)
    expect(page.receiver.preflights).toHaveLength(1)
    expect(page.receiver.requests).toHaveLength(2)
  })

  it('is asked again after a day, since it may have CORS by then', async () => {
    page.receiver.script({ cors: 'none' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length === 1)

    page.receiver.script({ cors: 'full' })
    vi.setSystemTime(Date.now() + day - 60_000)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length === 2)
    expect(heard.sent[1]?.transport).toBe('simple')

    vi.setSystemTime(Date.now() + day + 1)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length === 1)
    expect(heard.delivered[0]?.transport).toBe('cors')
  })

  it('is not taken for one because the network was down at first', async () => {
    await page.receiver.down()
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.fetch.idle()
    // Both ways have been tried by then.
    await vi.advanceTimersByTimeAsync(51)
    await page.fetch.idle()
    await page.receiver.up()
    await page.windUntil(() => heard.delivered.length === 1)
    expect(heard.delivered[0]?.transport).toBe('cors')
  })

  it('can’t have headers: the failure says so and names the relay', async () => {
    page.receiver.script({ cors: 'none' })
    const { tourhook, heard } = page.open(
      crmAt(page.receiver.url('/secret-path'), { headers: { 'X-Team': 'a' } }),
    )
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.error.length > 0)
    expect(heard.error[0]?.error.message).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+ is unreachable; headers and auth may need "transport": "relay"$/,
    )
    expect(page.receiver.requests).toEqual([])
    expect(tourhook.pending()).toHaveLength(1)
  })

  it('is unreachable for "cors", and nothing else is tried', async () => {
    page.receiver.script({ cors: 'none' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.error.length > 0)
    expect(page.receiver.requests).toEqual([])
    expect(tourhook.pending()).toHaveLength(1)
  })

  it('has a GET once, without asking first', async () => {
    page.receiver.script({ cors: 'none' })
    const { tourhook, heard } = page.open(
      crmAt(page.receiver.url('/hook'), { method: 'GET', query: { source: 'tour' } }),
    )
    tourhook.trigger(toCrm({ plan: { value: 'pro' } }))
    await page.windUntil(() => heard.sent.length > 0)
    expect(page.receiver.preflights).toEqual([])
    expect(page.receiver.requests).toMatchObject([
      {
        method: 'GET',
        path: '/hook',
        query: { source: 'tour', plan: 'pro', messageId: heard.queued[0]?.id },
        body: '',
      },
    ])
  })
})

describe('an endpoint with half of CORS', () => {
  it('that forgets CORS on its answer has the message by a simple request, the repeat with the same id', async () => {
    page.receiver.script({ cors: 'preflight-only' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length > 0)
    await page.wind(60_000)
    expect(page.receiver.requests).toHaveLength(2)
    expect(new Set(page.receiver.requests.map(({ body }) => body)).size).toBe(1)

    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length === 2)
    expect(page.receiver.requests).toHaveLength(3)
  })

  it('that allows no headers still gets JSON', async () => {
    page.receiver.script({ cors: 'no-headers' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(heard.delivered).toMatchObject([{ transport: 'cors' }])
  })

  it('that has a 503 without CORS from its gateway gets the message once it is up again', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length === 1)
    page.receiver.script({ cors: 'none', answer: { status: 503 } })
    tourhook.trigger(toCrm())
    await page.wind(600_000)
    expect(tourhook.pending()).toHaveLength(1)
    page.receiver.script({ cors: 'full', answer: { status: 200 } })
    await page.windUntil(() => heard.delivered.length === 2)
    expect(heard.delivered.map(({ transport, status }) => [transport, status])).toEqual([
      ['cors', 200],
      ['cors', 200],
    ])
  })

  it('that loses CORS for good gets the message by a simple request after a day', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length === 1)
    page.receiver.script({ cors: 'none' })
    tourhook.trigger(toCrm())
    await page.wind(60_000)
    vi.setSystemTime(Date.now() + day)
    await page.windUntil(() => heard.sent.length === 1)
    expect(heard.sent).toMatchObject([{ transport: 'simple' }])
    expect(page.receiver.requests).toHaveLength(2)
  })

  it('is asked anew at another address: what is known holds for the old one', async () => {
    const old = page.open(crmAt(page.receiver.url('/old')))
    old.tourhook.trigger(toCrm())
    await page.windUntil(() => old.heard.delivered.length === 1)
    page.receiver.script({ path: '/new', cors: 'none' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url('/new')))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length === 1)
    expect(heard.sent).toMatchObject([{ transport: 'simple' }])
  })
})

describe('the page’s own policy', () => {
  it('is told apart from a fault of the network: the directive and the host are named', async () => {
    await page.receiver.down()
    const { tourhook, heard } = page.open(crmAt(page.receiver.url('/secret-path')))
    tourhook.trigger(toCrm())
    const violation = Object.assign(new Event('securitypolicyviolation'), {
      disposition: 'enforce',
      blockedURI: page.receiver.url('/secret-path'),
      effectiveDirective: 'connect-src',
    })
    document.dispatchEvent(violation)
    await page.windUntil(() => heard.error.length > 0)
    expect(heard.error[0]?.error.message).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+ is blocked by the page's connect-src$/,
    )
    expect(tourhook.pending()).toHaveLength(1)
  })

  it('counts only where it is enforced, and for this endpoint', async () => {
    await page.receiver.down()
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    for (const [disposition, blockedURI] of [
      ['report', page.receiver.url()],
      ['enforce', 'https://elsewhere.example.com/'],
      ['enforce', `${page.receiver.url('')}0/`],
      ['enforce', 'inline'],
    ]) {
      const about = { disposition, blockedURI, effectiveDirective: 'connect-src' }
      document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), about))
    }
    await page.windUntil(() => heard.error.length > 0)
    expect(heard.error[0]?.error.message).toMatch(/is unreachable$/)
  })
})
