import { describe, expect, it, vi } from 'vitest'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()
const hour = 3_600_000
const config = () => crmAt(page.receiver.url(), { transport: 'cors' })
/** The wall clock jumps; timers, and what they have left, do not. */
const jump = (ms: number) => vi.setSystemTime(Date.now() + ms)

describe('a clock that is put right', () => {
  it.each([-24 * 365 * hour, -hour, hour, 73 * hour, 24 * 365 * hour])(
    'by %i ms lets nothing expire that this page has made, and keeps none from being sent',
    async ms => {
      page.receiver.script({ answer: { status: 503 } })
      const { tourhook, heard } = page.open(config())
      tourhook.trigger(toCrm())
      await page.wind(3_000)
      jump(ms)
      await page.windUntil(() => page.receiver.requests.length > 4)
      expect(heard.failed).toEqual([])
      page.receiver.script({ answer: { status: 200 } })
      await page.windUntil(() => heard.delivered.length > 0)
      expect(heard.failed).toEqual([])
    },
  )

  it.each([-hour, hour])('by %i ms while a request is under way sends it once', async ms => {
    page.receiver.script({ answer: { status: 200, delayMs: 100 } })
    const { tourhook, heard } = page.open(config())
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    jump(ms)
    await tourhook.flush()
    await page.windUntil(() => heard.delivered.length > 0)
    await page.wind(60_000)
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('keeps no other tab’s lease for longer than thirty seconds', async () => {
    page.receiver.script({ answers: ['hang'] })
    page.open(config()).tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    // That page has crashed.
    vi.clearAllTimers()
    jump(-hour)
    const { heard } = page.open(config())
    await vi.advanceTimersByTimeAsync(30_001)
    await page.receiver.arrived(2)
    await vi.waitFor(() => expect(heard.delivered).toHaveLength(1))
  })

  it('does not prolong a Retry-After that this page has heard', async () => {
    page.receiver.script({ answers: [{ status: 503, headers: { 'retry-after': '60' } }] })
    const { tourhook, heard } = page.open(config())
    tourhook.trigger(toCrm())
    await page.wind(5_000)
    jump(-hour)
    await page.wind(70_000)
    expect(heard.delivered).toHaveLength(1)
  })

  it('does not keep what worked for longer than a day', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    page.receiver.script({ cors: 'none' })
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length === 1)
    page.receiver.script({ cors: 'full' })
    jump(-24 * 365 * hour)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length === 1)
  })
})
