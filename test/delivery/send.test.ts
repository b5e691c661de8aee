import { describe, expect, it, vi } from 'vitest'
import { retryDelayMs } from '../../src/delivery/backoff.ts'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()

/** The waits between the requests that arrived, in ms. */
function waits(): number[] {
  const times = page.receiver.requests.map(({ arrivedAt }) => arrivedAt)
  return times.slice(1).map((time, index) => time - (times[index] ?? 0))
}

describe('retries', () => {
  it('asks four times in the page, then waits in the outbox', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => page.receiver.requests.length === 4)
    await page.fetch.idle()

    expect(Math.max(...waits())).toBeLessThan(2_000)
    expect(tourhook.pending()).toHaveLength(1)
    expect(heard.failed).toEqual([])

    page.receiver.script({ answer: { status: 200 } })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(5)
    expect(tourhook.pending()).toEqual([])
  })

  it('asks once a round from the outbox, and says before each try when it is, and why', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(35_000)
    // Four in the page, then after about 1, 3, 7, 15 and 31 s.
    expect(page.receiver.requests.length).toBeGreaterThanOrEqual(8)
    expect(page.receiver.requests.length).toBeLessThanOrEqual(9)

    const id = heard.queued[0]?.id
    expect(heard.retrying).toHaveLength(page.receiver.requests.length)
    for (const event of heard.retrying)
      expect(event).toMatchObject({ id, webhook: 'crm', reason: 'busy', status: 503 })
    const told = heard.retrying.map(({ at }) => at)
    for (const [index, { arrivedAt }] of page.receiver.requests.slice(1).entries()) {
      expect(arrivedAt).toBeGreaterThanOrEqual(told[index] ?? 0)
      expect(arrivedAt).toBeLessThanOrEqual((told[index] ?? 0) + 1_000)
    }
  })

  it('says nothing of another try when there is none', async () => {
    page.receiver.script({ answer: { status: 400 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(5_000)
    expect(heard.retrying).toEqual([])
  })

  it('looks at the outbox after one second, then later and later, at most every five minutes', () => {
    const delays = [1, 2, 3, 8, 9, 10, 50].map(failures => retryDelayMs(failures, () => 0.5))
    expect(delays).toEqual([1_000, 2_000, 4_000, 128_000, 256_000, 300_000, 300_000])
    expect(retryDelayMs(1, () => 0)).toBe(800)
    expect(retryDelayMs(1, () => 0.999_999)).toBeCloseTo(1_200, 1)
  })

  it('leaves an endpoint alone for longer and longer while it is down', async () => {
    page.receiver.script({ answer: { status: 500 } })
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(3_600_000)

    // Four in the page, then one a round; the rounds about 1 s, 2 s, 4 s … 5 min apart.
    expect(page.receiver.requests.length).toBeGreaterThan(4 + 10)
    expect(page.receiver.requests.length).toBeLessThan(4 + 30)
  })

  it('begins with short waits again after a success', async () => {
    page.receiver.script({ answer: { status: 500 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(400_000)
    page.receiver.script({ answer: { status: 200 } })
    await page.windUntil(() => heard.delivered.length === 1)

    page.receiver.script({ answer: { status: 500 } })
    page.receiver.clear()
    tourhook.trigger(toCrm())
    await page.wind(15_000)
    // Four in the page; the first rounds are 1 s, 2 s and 4 s apart.
    expect(page.receiver.requests.length).toBeGreaterThanOrEqual(4 + 3)
  })

  it('asks again after 10 s without an answer', async () => {
    page.receiver.script({ answers: ['hang'] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    await vi.advanceTimersByTimeAsync(9_900)
    expect(page.receiver.requests).toHaveLength(1)

    await vi.advanceTimersByTimeAsync(200)
    await page.windUntil(() => heard.delivered.length > 0)
    const [first, second] = page.receiver.requests
    expect(second?.body).toBe(first?.body)
    // In the page still: the outbox would have let a second pass.
    expect(waits()[0]).toBeLessThan(10_750)
  })

  it('keeps a message whose connection breaks, and sends it again', async () => {
    const config = crmAt(page.receiver.url(), { transport: 'cors' })
    page.receiver.script({ answers: ['drop'] })
    const { tourhook, heard } = page.open(config)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(2)
    expect(heard.failed).toEqual([])
  })

  it('keeps a message while the endpoint can not be reached at all', async () => {
    await page.receiver.down()
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(60_000)
    expect(tourhook.pending()).toHaveLength(1)
    expect(heard.error[0]?.error.message).toMatch(/^http:\/\/127\.0\.0\.1:\d+ is unreachable$/)

    await page.receiver.up()
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(1)
  })
})

describe('Retry-After', () => {
  it('waits in the page when the wait is short', async () => {
    page.receiver.script({ answers: [{ status: 429, headers: { 'retry-after': '12' } }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(11_900)
    expect(page.receiver.requests).toHaveLength(1)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(waits()[0]).toBeGreaterThanOrEqual(12_000)
    expect(waits()[0]).toBeLessThan(13_000)
  })

  it('keeps the message when the wait is long, and does not try it before', async () => {
    page.receiver.script({ answers: [{ status: 503, headers: { 'retry-after': '600' } }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(598_000)
    await tourhook.flush()
    expect(page.receiver.requests).toHaveLength(1)
    expect(tourhook.pending()).toHaveLength(1)

    await page.windUntil(() => heard.delivered.length > 0)
    expect(waits()[0]).toBeGreaterThanOrEqual(600_000)
    expect(waits()[0]).toBeLessThan(606_000)
  })

  it('holds for what else waits for that endpoint', async () => {
    page.receiver.script({ answer: { status: 429, headers: { 'retry-after': '3600' } } })
    page.setOnline(false)
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    for (let count = 0; count < 10; count += 1) tourhook.trigger(toCrm())
    await page.wind(500)
    page.setOnline(true)
    await page.wind(1_800_000)
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('takes a date, too', async () => {
    const date = new Date(Date.now() + 120_000).toUTCString()
    page.receiver.script({ answers: [{ status: 503, headers: { 'retry-after': date } }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(waits()[0]).toBeGreaterThanOrEqual(119_000)
    expect(waits()[0]).toBeLessThan(122_000)
  })

  it('holds on the next page, too', async () => {
    const config = crmAt(page.receiver.url())
    page.receiver.script({ answers: [{ status: 503, headers: { 'retry-after': '600' } }] })
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.fetch.idle()
    first.tourhook.destroy()

    const { heard } = page.open(config)
    await page.wind(590_000)
    expect(page.receiver.requests).toHaveLength(1)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(2)
  })

  it('does not spin when an endpoint wants to be left alone for years', async () => {
    page.receiver.script({ answers: [{ status: 503, headers: { 'retry-after': '99999999' } }] })
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.fetch.idle()
    const looks = vi.spyOn(Storage.prototype, 'getItem')
    await page.wind(60_000)
    expect(looks.mock.calls.length).toBeLessThan(100)
  })

  it('does not wait in the page for a rate limit that ends in an hour', async () => {
    const headers = { 'x-ratelimit-reset': '3600', 'access-control-expose-headers': 'X-RateLimit-Reset' }
    page.receiver.script({ answers: [{ status: 429, headers }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(29_000)
    expect(heard.delivered).toHaveLength(1)
    expect(page.receiver.requests).toHaveLength(2)
  })
})

describe('offline', () => {
  it('sends nothing while offline, and at once when online again', async () => {
    page.setOnline(false)
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(600_000)
    expect(page.receiver.requests).toEqual([])
    expect(tourhook.pending()).toHaveLength(1)

    page.setOnline(true)
    await page.fetch.idle()
    expect(page.receiver.requests).toHaveLength(1)
    expect(heard.delivered).toHaveLength(1)
  })

  it('sends what a visitor did offline from the next page, in the order in which it happened', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    for (const step of [1, 2, 3, 4, 5]) {
      first.tourhook.trigger(toCrm({ step: { value: step } }))
      vi.setSystemTime(Date.now() + 1_000)
    }
    await page.wind(500)
    first.tourhook.destroy()

    page.setOnline(true)
    const { heard } = page.open(config)
    await page.windUntil(() => heard.delivered.length === 5)
    const steps = page.receiver.requests.map(({ json }) => (json as { data: { step: number } }).data.step)
    expect(steps).toEqual([1, 2, 3, 4, 5])
  })
})
