import { describe, expect, it, vi } from 'vitest'
import { createPage, crmAt, type Heard, toCrm } from '../support/page.ts'

const page = createPage()
const keptKeys = () => Object.keys(localStorage).filter(key => key.startsWith('tourhook:delivery:'))

/** How each message that was queued has ended, as it was announced. */
function endings(heard: Heard): Map<string, string[]> {
  const told = [...heard.delivered, ...heard.sent, ...heard.failed]
  return new Map(
    heard.queued.map(({ id }) => [
      id,
      told
        .filter(event => event.id === id)
        .map(event => ('reason' in event ? event.reason : 'status' in event ? 'delivered' : 'sent')),
    ]),
  )
}

describe('a site that empties its storage', () => {
  it.each([
    ['right after the step', 0],
    ['between two tries in the page', 50],
    ['while the message waits', 10_000],
  ])('loses nothing while the page lives: %s', async (_, afterMs) => {
    page.receiver.script({ answer: { status: 503 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    if (afterMs > 0) await page.wind(afterMs)
    localStorage.clear()
    await page.wind(20_000)
    expect(page.receiver.requests.length).toBeGreaterThan(4)
    expect(tourhook.pending()).toHaveLength(1)
    expect(keptKeys()).toHaveLength(1)

    page.receiver.script({ answer: { status: 200 } })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(heard.failed).toEqual([])
    expect(tourhook.pending()).toEqual([])
    expect(Object.keys(localStorage)).toEqual([])
  })

  it('loses none of several that wait, nor their order', async () => {
    page.setOnline(false)
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    for (const step of [1, 2, 3]) tourhook.trigger(toCrm({ step: { value: step } }))
    await page.wind(500)
    localStorage.clear()
    page.setOnline(true)
    await page.windUntil(() => heard.delivered.length === 3)
    expect(page.receiver.requests).toHaveLength(3)
  })

  it('has its message again for the next page', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const { tourhook } = page.open(config)
    tourhook.trigger(toCrm())
    await page.wind(500)
    localStorage.clear()
    window.dispatchEvent(new Event('pagehide'))
    tourhook.destroy()
    page.setOnline(true)
    const next = page.open(config)
    await page.windUntil(() => next.heard.delivered.length > 0)
  })

  it('does not bring back what another tab has sent', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const config = crmAt(page.receiver.url(), { transport: 'cors' })
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.wind(3_000)
    const other = page.open(config)
    page.receiver.script({ answer: { status: 200 } })
    await other.tourhook.flush()
    await page.wind(600_000)
    expect([...first.heard.delivered, ...other.heard.delivered]).toHaveLength(1)
    expect(page.receiver.requests.length).toBeLessThan(8)
    expect(first.tourhook.pending()).toEqual([])
  })
})

describe('a storage without effect', () => {
  it.each([
    ['takes nothing, and says nothing', () => vi.spyOn(Storage.prototype, 'setItem').mockReturnValue()],
    ['gives nothing back', () => vi.spyOn(Storage.prototype, 'getItem').mockReturnValue(null)],
    ['removes nothing', () => vi.spyOn(Storage.prototype, 'removeItem').mockReturnValue()],
    ['is not there', () => vi.stubGlobal('localStorage', undefined)],
    ['is somebody’s plain object', () => vi.stubGlobal('localStorage', {})],
  ])('that %s keeps no message from being sent, once', async (_, break_) => {
    break_()
    page.receiver.script({ answers: Array.from({ length: 5 }, () => ({ status: 503 })) })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    expect(tourhook.pending()).toHaveLength(1)
    await page.windUntil(() => heard.delivered.length > 0)
    await page.wind(600_000)
    expect(page.receiver.requests).toHaveLength(6)
    expect(heard.delivered).toHaveLength(1)
    expect(tourhook.pending()).toEqual([])
    expect(heard).toMatchObject({ failed: [], error: [] })
  })

  it('that fills up, empties and is denied in turn loses nothing', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.wind(2_000)
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    localStorage.clear()
    await page.wind(20_000)
    full.mockRestore()
    const denied = vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    await page.wind(20_000)
    expect(tourhook.pending()).toHaveLength(1)
    denied.mockRestore()
    page.receiver.script({ answer: { status: 200 } })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(tourhook.pending()).toEqual([])
  })
})

// A hundred messages and more, each a connection: a preflight before each would double them.
const withoutPreflight = { method: 'GET', transport: 'cors' } as const

describe('more than there is room for', () => {
  it('is sent, each once, when it comes in one task', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), withoutPreflight))
    for (let index = 0; index < 110; index += 1) tourhook.trigger(toCrm({ index: { value: index } }))
    await page.windUntil(() => heard.delivered.length === 110)
    expect(page.receiver.requests).toHaveLength(110)
    expect(heard.failed).toEqual([])
  })

  it('is sent or failed, each once and never both, when the endpoint is busy', async () => {
    page.receiver.script({ answer: { status: 503, headers: { 'retry-after': '60' } } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), withoutPreflight))
    for (let index = 0; index < 104; index += 1) tourhook.trigger(toCrm({ index: { value: index } }))
    await page.wind(1_000)
    expect(tourhook.pending().length).toBeLessThanOrEqual(100)
    page.receiver.script({ answer: { status: 200 } })
    await page.windUntil(() => tourhook.pending().length === 0)
    const ends = [...endings(heard).values()]
    expect(ends).toHaveLength(104)
    expect(ends.filter(end => end.length !== 1)).toEqual([])
    expect(ends.filter(([end]) => end === 'dropped').length).toBeGreaterThanOrEqual(4)
  })

  it('drops none that is in flight: a huge one before a small one arrives', async () => {
    page.receiver.script({ answers: [{ status: 503, delayMs: 200 }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm({ text: { value: 'x'.repeat(1_100_000) } }))
    await page.receiver.arrived(1)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length === 2)
    expect(heard.failed).toEqual([])
  })

  it('keeps a huge one that waits alone', async () => {
    page.receiver.script({ answers: Array.from({ length: 6 }, () => ({ status: 503 })) })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm({ text: { value: 'x'.repeat(1_200_000) } }))
    await page.windUntil(() => heard.delivered.length === 1)
    expect(heard.failed).toEqual([])
  })
})
