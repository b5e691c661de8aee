import { describe, expect, it, vi } from 'vitest'
import { createOutbox, leaseMs } from '../../src/delivery/outbox.ts'
import { createStorage } from '../../src/delivery/storage.ts'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()
const hour = 3_600_000

/** The outbox as another tab of the same site sees it. */
const otherTab = () => createOutbox(createStorage('localStorage', 'tourhook', () => true))

describe('what outlives the page', () => {
  it('is in localStorage in the tick in which the step is reached', () => {
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm({ plan: { value: 'pro' } }))
    expect(JSON.stringify({ ...localStorage })).toContain('pro')
    expect(tourhook.pending()).toMatchObject([{ webhook: 'crm', message: { data: { plan: 'pro' } } }])
  })

  it('is sent from the next page, with the same id', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.windUntil(() => page.receiver.requests.length === 4)
    await page.fetch.idle()
    first.tourhook.destroy()

    page.receiver.script({ answer: { status: 200 } })
    const { heard } = page.open(config)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(heard.delivered[0]?.id).toBe(first.heard.queued[0]?.id)
    expect(page.receiver.requests.at(-1)?.body).toBe(page.receiver.requests[0]?.body)
  })

  it('is given up after 72 hours, and announced', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.wind(500)
    first.tourhook.destroy()

    vi.setSystemTime(Date.now() + 72 * hour + 1)
    page.setOnline(true)
    const { tourhook, heard } = page.open(config)
    await page.fetch.idle()
    expect(heard.failed).toMatchObject([
      { id: first.heard.queued[0]?.id, webhook: 'crm', reason: 'expired', status: undefined },
    ])
    expect(tourhook.pending()).toEqual([])
    expect(page.receiver.requests).toEqual([])
  })

  it('is still sent just before the 72 hours are over', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.wind(500)
    first.tourhook.destroy()

    vi.setSystemTime(Date.now() + 72 * hour - 60_000)
    page.setOnline(true)
    const { heard } = page.open(config)
    await page.windUntil(() => heard.delivered.length > 0)
  })

  it('is at most 100 messages: the oldest makes way, and is announced', async () => {
    page.setOnline(false)
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    for (let index = 0; index < 103; index += 1) {
      tourhook.trigger(toCrm({ index: { value: index } }))
      vi.setSystemTime(Date.now() + 1)
    }
    await page.wind(500)
    expect(tourhook.pending()).toHaveLength(100)
    expect(heard.failed.map(({ reason, message }) => [reason, 'data' in message && message.data])).toEqual([
      ['dropped', { index: 0 }],
      ['dropped', { index: 1 }],
      ['dropped', { index: 2 }],
    ])
    expect(tourhook.pending().at(-1)).toMatchObject({ message: { data: { index: 102 } } })
  })

  it('is at most a million characters: the oldest make way', async () => {
    page.setOnline(false)
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    for (let index = 0; index < 30; index += 1) {
      tourhook.trigger(toCrm({ index: { value: index }, text: { value: 'x'.repeat(50_000) } }))
      vi.setSystemTime(Date.now() + 1)
    }
    await page.wind(500)
    const stored = Object.entries(localStorage).map(([key, value]) => key.length + String(value).length)
    expect(stored.reduce((sum, length) => sum + length)).toBeLessThan(1_100_000)
    expect(tourhook.pending().at(-1)).toMatchObject({ message: { data: { index: 29 } } })
    expect(tourhook.pending().length + heard.failed.length).toBe(30)
    expect(heard.failed[0]).toMatchObject({ reason: 'dropped', message: { data: { index: 0 } } })
  })

  it('leaves no key of ours behind once everything has arrived, but the transport that worked', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(Object.keys(localStorage)).toEqual(['tourhook:transport:crm'])
    expect(Object.keys(sessionStorage)).toEqual([])
  })
})

describe('storage that fails', () => {
  it('is no hindrance when it is denied', async () => {
    vi.stubGlobal('window', denying(window))
    page.receiver.script({ answers: [{ status: 503 }, { status: 503 }, { status: 503 }, { status: 503 }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    expect(tourhook.pending()).toHaveLength(1)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(5)
    expect(tourhook.pending()).toEqual([])
    expect(heard.error).toEqual([])
  })

  it('is no hindrance when it is full', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    page.receiver.script({ answers: [{ status: 503 }, { status: 503 }, { status: 503 }, { status: 503 }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    expect(tourhook.pending()).toHaveLength(1)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(5)
    expect(heard.error).toEqual([])
  })

  it('wait for a tab that hangs with the lock no longer than half a minute', async () => {
    // By the clock that is wound.
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(ms => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), ms)
      return controller.signal
    })
    // As a browser's: it is granted never, and refused once nobody wants it any more.
    const request = (_: string, { signal }: { signal?: AbortSignal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    vi.stubGlobal(
      'navigator',
      Object.create(navigator, { locks: { value: { request } }, onLine: { value: true } }),
    )
    page.receiver.script({ answers: [{ status: 503 }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(35_000)
    expect(heard.delivered).toHaveLength(1)
    expect(page.receiver.requests).toHaveLength(2)
  })

  it('does not lose or repeat a message when it fills up between two writes', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await page.windUntil(() => page.receiver.requests.length === 4)
    expect(tourhook.pending()).toHaveLength(1)
    page.receiver.script({ answer: { status: 200 } })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(5)
    expect(tourhook.pending()).toEqual([])
  })
})

describe('several tabs', () => {
  it('leave a delivery to the tab that is sending it, until its lease runs out', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const dead = page.open(config)
    dead.tourhook.trigger(toCrm())
    await page.wind(500)
    dead.tourhook.destroy()
    const id = dead.heard.queued[0]?.id ?? ''
    expect(otherTab().claim(id)).toBeDefined()

    page.setOnline(true)
    const { heard } = page.open(config)
    await page.wind(leaseMs - 1_000)
    expect(page.receiver.requests).toEqual([])
    await page.wind(3_000)
    expect(heard.delivered).toMatchObject([{ id }])
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('leave it alone as long as it is tried, longer than one lease', async () => {
    page.receiver.script({ answer: 'hang' })
    const config = crmAt(page.receiver.url(), { transport: 'cors' })
    page.open(config).tourhook.trigger(toCrm())
    // Both look again when the first lease ends.
    page.open(config)
    for (const count of [1, 2, 3, 4]) {
      await page.receiver.arrived(count)
      await vi.advanceTimersByTimeAsync(count < 4 ? 11_000 : 5_000)
    }
    expect(page.fetch.keptAlive).toHaveLength(4)
  })

  it.each([
    ['before its second try', 15],
    ['and has no second try in the page', 60],
  ])('leave alone what another has delivered while their machine slept, %s', async (_, seconds) => {
    const headers = { 'retry-after': String(seconds) }
    page.receiver.script({ answers: [{ status: 503, headers, delayMs: 50 }], answer: { status: 200 } })
    const config = crmAt(page.receiver.url(), { transport: 'cors' })
    const slept = page.open(config)
    slept.tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    // Its clock goes on, its timers do not.
    vi.setSystemTime(Date.now() + 60_000)
    const { heard } = page.open(config)
    await vi.waitFor(() => expect(heard.delivered).toHaveLength(1))
    await page.wind(120_000)
    expect(page.receiver.requests).toHaveLength(2)
    expect(slept.heard.delivered).toEqual([])
    expect(slept.tourhook.pending()).toEqual([])
  })

  it('leave what another has taken meanwhile to it as they are closed', async () => {
    page.receiver.script({ answer: 'hang' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'relay' }), {
      server: page.receiver.url(),
    })
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    const id = heard.queued[0]?.id ?? ''
    vi.setSystemTime(Date.now() + leaseMs + 1)
    expect(otherTab().claim(id)).toBeDefined()
    window.dispatchEvent(new Event('pagehide'))
    expect(otherTab().claim(id)).toBeUndefined()
  })

  it('each get another delivery, or none', async () => {
    page.setOnline(false)
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(500)
    const [waiting] = tourhook.pending()
    const id = waiting?.id ?? ''
    expect([otherTab().claim(id), otherTab().claim(id)].filter(Boolean)).toHaveLength(1)
    expect(otherTab().claim('msg_unknown')).toBeUndefined()
  })

  it('send 20 waiting deliveries once each, when five of them open at the same time', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    for (let index = 0; index < 20; index += 1) first.tourhook.trigger(toCrm())
    await page.wind(500)
    first.tourhook.destroy()

    page.setOnline(true)
    const tabs = [1, 2, 3, 4, 5].map(() => page.open(config))
    await page.windUntil(() => page.receiver.requests.length >= 20 && tabs[0]?.tourhook.pending().length === 0)
    await page.wind(60_000)
    expect(new Set(page.receiver.requests.map(({ body }) => body)).size).toBe(20)
    expect(page.receiver.requests).toHaveLength(20)
    expect(tabs.flatMap(({ heard }) => heard.delivered)).toHaveLength(20)
  })

  it('stay apart by their leases alone where the browser gives no locks', async () => {
    const request = vi.fn().mockRejectedValue(new DOMException('sandboxed', 'SecurityError'))
    vi.stubGlobal(
      'navigator',
      Object.create(navigator, { locks: { value: { request } }, onLine: { value: true } }),
    )
    page.receiver.script({ answers: [{ status: 503 }, { status: 503 }, { status: 503 }, { status: 503 }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(request).toHaveBeenCalled()
    expect(page.receiver.requests).toHaveLength(5)
    expect(heard.error).toEqual([])
  })
})

describe('lanes', () => {
  it('stop at the first failure, while other webhooks go on', async () => {
    page.setOnline(false)
    const config = {
      webhooks: [
        { id: 'crm', url: page.receiver.url('/down'), transport: 'cors' as const },
        { id: 'slack', url: page.receiver.url('/up'), transport: 'cors' as const },
      ],
    }
    const first = page.open(config)
    for (let index = 0; index < 3; index += 1) {
      first.tourhook.trigger(toCrm())
      first.tourhook.trigger({ type: 'webhook', webhook: 'slack' })
    }
    await page.wind(500)
    first.tourhook.destroy()

    page.receiver.script({ path: '/down', answer: { status: 503, headers: { 'retry-after': '60' } } })
    page.setOnline(true)
    const { tourhook } = page.open(config)
    await page.fetch.idle()
    const arrived = (path: string) => page.receiver.requests.filter(request => request.path === path)
    expect(arrived('/down')).toHaveLength(1)
    expect(arrived('/up')).toHaveLength(3)
    expect(tourhook.pending().map(({ webhook }) => webhook)).toEqual(['crm', 'crm', 'crm'])
  })

  it('keep what another page’s config knows, and send the rest', async () => {
    page.setOnline(false)
    const first = page.open({ webhooks: [{ id: 'old', url: page.receiver.url('/old') }] })
    first.tourhook.trigger({ type: 'webhook', webhook: 'old' })
    await page.wind(500)
    first.tourhook.destroy()

    page.setOnline(true)
    const { tourhook, heard } = page.open(crmAt(page.receiver.url('/new')))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(tourhook.pending()).toMatchObject([{ webhook: 'old' }])
    expect(page.receiver.requests.map(({ path }) => path)).toEqual(['/new'])
    expect(heard.failed).toEqual([])
  })
})

/** A window whose storage may not even be asked for. */
function denying(target: Window & typeof globalThis): Window & typeof globalThis {
  return new Proxy(target, {
    get(window, key) {
      if (key === 'localStorage' || key === 'sessionStorage') throw new DOMException('denied', 'SecurityError')
      return Reflect.get(window, key)
    },
  })
}
