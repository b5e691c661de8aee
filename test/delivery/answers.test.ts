import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()

describe('an endpoint that accepts', () => {
  it.each([200, 201, 202, 204])('is done with %i, announces it and forgets the message', async status => {
    page.receiver.script({ answer: { status } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url('/hook')))
    tourhook.trigger(toCrm({ plan: { value: 'pro' } }))
    const id = heard.queued[0]?.id
    await page.windUntil(() => heard.delivered.length > 0)

    expect(heard.delivered).toMatchObject([{ id, webhook: 'crm', status, transport: 'cors' }])
    expect(tourhook.pending()).toEqual([])
    await page.wind(600_000)
    expect(page.receiver.requests).toHaveLength(1)
  })
})

describe('an endpoint that refuses', () => {
  it.each([400, 401, 403, 404, 405, 409, 410, 413, 422, 431])(
    'is not asked again after %i, which is announced',
    async status => {
      page.receiver.script({ answer: { status } })
      const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
      tourhook.trigger(toCrm())
      await page.windUntil(() => heard.failed.length > 0)

      expect(heard.failed).toMatchObject([{ webhook: 'crm', reason: 'refused', status }])
      expect(heard.delivered).toEqual([])
      expect(tourhook.pending()).toEqual([])
      await page.wind(600_000)
      expect(page.receiver.requests).toHaveLength(1)
    },
  )
})

describe('an endpoint that is not ready', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 520, 599])(
    'is asked again in the page after %i, with the same id',
    async status => {
      page.receiver.script({ answers: [{ status }, { status }] })
      const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
      tourhook.trigger(toCrm())
      await page.windUntil(() => heard.delivered.length > 0)

      const ids = page.receiver.requests.map(({ json }) => (json as { id: string }).id)
      expect(ids).toHaveLength(3)
      expect(new Set(ids)).toEqual(new Set([heard.queued[0]?.id]))
      expect(heard.failed).toEqual([])
    },
  )
})

describe('an endpoint that redirects', () => {
  it.each([301, 302, 303, 307, 308])(
    'with %i is not followed: failed, and the error names the remedy',
    async status => {
      const location = page.receiver.url('/lead/')
      page.receiver.script({ path: '/lead', answer: { status, headers: { location } } })
      const { tourhook, heard } = page.open(crmAt(page.receiver.url('/lead')))
      tourhook.trigger(toCrm())
      await page.windUntil(() => heard.failed.length > 0)
      await page.wind(60_000)

      expect(page.receiver.requests.map(({ method, path }) => [method, path])).toEqual([['POST', '/lead']])
      expect(heard.failed).toMatchObject([{ webhook: 'crm', reason: 'refused' }])
      expect(heard.delivered).toEqual([])
      expect(tourhook.pending()).toEqual([])
      expect(heard.error[0]?.error.message).toMatch(/^http:\S+ redirects, which is not followed: .* "url"$/)
    },
  )

  it('is named with the final address, where the page’s own fetch follows', async () => {
    vi.stubGlobal('fetch', async () =>
      Object.defineProperties(new Response(), {
        redirected: { value: true },
        url: { value: 'https://crm.example/lead/?key=secret' },
      }),
    )
    const { tourhook, heard } = page.open(crmAt(page.receiver.url('/lead')))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.failed.length > 0)
    expect(heard.delivered).toEqual([])
    expect(heard.error[0]?.error.message).toContain('https://crm.example/lead/')
    expect(heard.error[0]?.error.message).not.toContain('secret')
  })
})

describe('an answer that is not the endpoint’s', () => {
  const controlled = (): Navigator =>
    Object.create(navigator, { serviceWorker: { value: { controller: {} } }, onLine: { value: true } })

  afterEach(() => vi.unstubAllGlobals())

  it.each([
    ['a made-up 200', () => new Response('offline')],
    ['a made-up 202 with JSON', () => Response.json({ queued: true }, { status: 202 })],
    ['a made-up 400', () => new Response('', { status: 400 })],
    [
      'a page of the site',
      () =>
        Object.defineProperties(new Response('<p>offline'), {
          type: { value: 'basic' },
          url: { value: `${location.origin}/offline.html` },
        }),
    ],
  ])('is none when a service worker gives %s: the message waits, and arrives later', async (_, invent) => {
    vi.stubGlobal('navigator', controlled())
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    vi.stubGlobal('fetch', async () => invent())
    tourhook.trigger(toCrm())
    await page.wind(20_000)
    expect(heard).toMatchObject({ delivered: [], sent: [], failed: [] })
    expect(tourhook.pending()).toHaveLength(1)
    expect(heard.retrying[0]).toMatchObject({ reason: 'intercepted' })
    expect(heard.error).toHaveLength(1)
    expect(heard.error[0]?.error.message).toMatch(/service worker answers in place of http:\S+: let it pass/)

    vi.stubGlobal('fetch', page.fetch)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('is the endpoint’s when a service worker passes it on', async () => {
    vi.stubGlobal('navigator', controlled())
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(heard.delivered).toMatchObject([{ status: 200, transport: 'cors' }])
  })

  it('is not taken from a service worker’s cache by a GET, since each has an address of its own', async () => {
    vi.stubGlobal('navigator', controlled())
    const cache = new Map<string, Promise<Response>>()
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (!cache.has(url)) cache.set(url, page.fetch(url, init))
      return cache.get(url)?.then(answer => answer.clone())
    })
    const { tourhook, heard } = page.open(
      crmAt(page.receiver.url(), { method: 'GET', transport: 'cors', body: 'data' }),
    )
    tourhook.trigger(toCrm({ plan: { value: 'pro' } }))
    tourhook.trigger(toCrm({ plan: { value: 'pro' } }))
    await page.windUntil(() => heard.delivered.length === 2)
    expect(page.receiver.requests).toHaveLength(2)
    expect(page.receiver.requests[0]?.query).toEqual({ plan: 'pro', messageId: heard.queued[0]?.id })
  })

  it('is sent twice at most where Cross-Origin-Embedder-Policy hides it, then failed with the remedy', async () => {
    vi.stubGlobal('crossOriginIsolated', true)
    page.receiver.script({ cors: 'none' })
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      await page.fetch(url, init)
      throw new TypeError('Failed to fetch')
    })
    const config = crmAt(page.receiver.url())
    const { tourhook, heard } = page.open(config)
    tourhook.trigger(toCrm())
    await page.wind(15_000)
    expect(page.receiver.requests).toHaveLength(1)
    expect(heard.error[0]?.error.message).toMatch(/Cross-Origin-Embedder-Policy .*"transport": "relay"/)
    expect(heard.retrying).toMatchObject([{ reason: 'unanswered' }])

    await page.wind(600_000)
    page.open(config)
    await page.wind(60_000)
    expect(page.receiver.requests).toHaveLength(2)
    expect(new Set(page.receiver.requests.map(({ body }) => body)).size).toBe(1)
    expect(heard.failed).toMatchObject([{ reason: 'unanswered' }])
    expect(tourhook.pending()).toEqual([])
  })

  it.each([
    ['200', 200],
    ['400', 400],
    ['503', 503],
  ])(
    'is sent twice at most where the page’s fetch throws at a %s, then failed with the remedy',
    async (_, status) => {
      page.receiver.script({ answer: { status } })
      vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
        await page.fetch(url, init)
        throw new Error('patched')
      })
      const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
      tourhook.trigger(toCrm())
      await page.wind(600_000)
      expect(page.receiver.requests).toHaveLength(2)
      expect(heard.failed).toMatchObject([{ reason: 'unanswered' }])
      expect(heard.error.map(({ error }) => error.message)).toEqual([
        expect.stringMatching(/own fetch threw, and http:\S+ may have the message: .* "fetch"$/),
      ])
      expect(heard.error[0]?.error.cause).toMatchObject({ message: 'patched' })
    },
  )

  it('is asked for again by the fetch that was there before one that throws', async () => {
    page.receiver.script({ answer: { status: 400 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      await page.fetch(url, init)
      throw new Error('patched')
    })
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.failed.length > 0)
    expect(heard.failed).toMatchObject([{ reason: 'refused', status: 400 }])
    expect(page.receiver.requests).toHaveLength(2)
  })

  it('is read from what the page’s fetch throws, when it throws the answer', async () => {
    page.receiver.script({ answer: { status: 400 } })
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      throw Object.assign(new Error('HTTPError'), { response: await page.fetch(url, init) })
    })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.failed.length > 0)
    expect(heard.failed).toMatchObject([{ reason: 'refused', status: 400 }])
    expect(page.receiver.requests).toHaveLength(1)
  })

  it.each<[what: string, make: (response: Response) => unknown]>([
    ['nothing', () => undefined],
    ['an empty text', () => ''],
    ['what a library of its own makes of it', ({ status }) => ({ data: {}, status, headers: {} })],
  ])('is asked for twice at most where the page’s fetch gives %s, and the error says so', async (_, make) => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => make(await page.fetch(url, init)))
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.failed.length > 0)
    expect(heard.failed).toMatchObject([{ reason: 'unanswered' }])
    expect(heard.delivered).toEqual([])
    expect(page.receiver.requests).toHaveLength(2)
    expect(heard.error.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/^the page's own fetch .*give Tourhook another as "fetch"$/),
    ])
  })

  it('is not waited for when the page’s fetch heeds no signal', async () => {
    vi.stubGlobal('fetch', () => new Promise(() => {}))
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.wind(10_500)
    expect(heard.retrying[0]).toMatchObject({ reason: 'timeout' })
    expect(tourhook.pending()).toHaveLength(1)
  })
})
