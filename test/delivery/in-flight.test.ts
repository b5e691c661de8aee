import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createPage, crmAt, toCrm } from '../support/page.ts'
import type { Answer } from '../support/receiver.ts'

// Whether the request goes on after the page is the browser's doing, and tested there. This is what Tourhook then
// keeps for the next page.
const page = createPage()
const leavePage = () => window.dispatchEvent(new Event('pagehide'))
const isKept = () => Object.keys(localStorage).some(key => key.startsWith('tourhook:delivery:'))

beforeEach(() => page.receiver.script({ answer: 'hang' }))

/** Opens a Tourhook whose webhook has been reached before, by the way that works. */
async function openKnown() {
  page.receiver.script({ answers: [{ status: 200 }] })
  const opened = page.open(crmAt(page.receiver.url()))
  opened.tourhook.trigger(toCrm())
  await page.windUntil(() => opened.heard.delivered.length > 0)
  page.receiver.clear()
  return opened
}

describe('a page that is left mid-request', () => {
  it('has handed it to the browser, when the way is known to work', async () => {
    const { tourhook } = await openKnown()
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    expect(isKept()).toBe(true)
    leavePage()
    expect(isKept()).toBe(false)
    expect(page.fetch.keptAlive.at(-1)).toBe(true)
  })

  it('takes no notice when the browser breaks the answer off', async () => {
    const { tourhook, heard } = await openKnown()
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    leavePage()
    await page.receiver.down()
    await page.receiver.up()
    await page.wind(60_000)
    expect(heard.error).toEqual([])
    expect(heard.sent).toMatchObject([{ webhook: 'crm', transport: 'cors' }])
    expect(tourhook.pending()).toEqual([])
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('is not sent again by a tab that closes itself, which breaks the answer off long before `pagehide`', async () => {
    const { tourhook } = await openKnown()
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    vi.spyOn(window, 'closed', 'get').mockReturnValue(true)
    await page.receiver.down()
    await page.receiver.up()
    await page.wind(300)
    leavePage()
    await page.wind(60_000)
    expect(page.receiver.requests).toHaveLength(1)
    expect(isKept()).toBe(false)
  })

  it.each(['cors', 'simple'] as const)('has handed it over, when the author has said "%s"', async transport => {
    const { tourhook } = page.open(crmAt(page.receiver.url(), { transport }))
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    leavePage()
    expect(isKept()).toBe(false)
  })

  it('keeps the message while the way is not yet known', async () => {
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    leavePage()
    expect(isKept()).toBe(true)
  })

  it('keeps a message to the relay, which drops the repeat', async () => {
    const { tourhook } = page.open(crmAt(page.receiver.url(), { transport: 'relay' }), {
      server: page.receiver.url(),
    })
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    leavePage()
    expect(isKept()).toBe(true)
  })

  it('tries no other way on its own when the browser breaks off one that was not known', async () => {
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    leavePage()
    await page.receiver.down()
    await page.receiver.up()
    await page.wind(500)
    expect(page.receiver.requests).toHaveLength(1)
    expect(isKept()).toBe(true)
  })

  it('keeps the message when it is offline', async () => {
    const { tourhook } = await openKnown()
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    leavePage()
    expect(isKept()).toBe(true)
  })

  it('keeps a message that is too large to be left to the browser', async () => {
    const { tourhook } = await openKnown()
    tourhook.trigger(toCrm({ text: { value: 'x'.repeat(60_000) } }))
    await page.receiver.arrived(1)
    leavePage()
    expect(isKept()).toBe(true)
    expect(page.fetch.keptAlive.at(-1)).toBe(false)
  })

  it('counts the bytes of a message, not its characters', async () => {
    const { tourhook } = await openKnown()
    tourhook.trigger(toCrm({ text: { value: 'ü'.repeat(30_000) } }))
    await page.receiver.arrived(1)
    leavePage()
    expect(isKept()).toBe(true)
    expect(page.fetch.keptAlive.at(-1)).toBe(false)
  })

  it('keeps what is over the keepalive budget of the whole page', async () => {
    const { tourhook } = await openKnown()
    for (let index = 0; index < 3; index += 1) tourhook.trigger(toCrm({ text: { value: 'x'.repeat(25_000) } }))
    await page.receiver.arrived(3)
    leavePage()
    expect(page.fetch.keptAlive.slice(-3)).toEqual([true, true, false])
    expect(tourhook.pending()).toHaveLength(1)
  })

  it('has the whole budget again once the answers are there', async () => {
    const { tourhook, heard } = await openKnown()
    page.receiver.script({ answer: { status: 200 } })
    for (const count of [2, 3, 4, 5]) {
      tourhook.trigger(toCrm({ text: { value: 'x'.repeat(25_000) } }))
      await page.windUntil(() => heard.delivered.length === count)
    }
    expect(page.fetch.keptAlive).toEqual([true, true, true, true, true])
  })

  it('keeps a message between two tries, and the next page need not wait for the lease', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const config = crmAt(page.receiver.url(), { transport: 'cors' })
    const { tourhook } = page.open(config)
    tourhook.trigger(toCrm())
    await page.fetch.idle()
    expect(page.receiver.requests).toHaveLength(1)
    leavePage()
    expect(isKept()).toBe(true)
    // The old page is gone, its timers with it.
    vi.clearAllTimers()

    page.receiver.script({ answer: { status: 200 } })
    const { heard } = page.open(config)
    await page.fetch.idle()
    expect(heard.delivered).toHaveLength(1)
  })

  it('keeps a message whose second try is under way, since the first has failed', async () => {
    page.receiver.script({ answers: [{ status: 503 }], answer: 'hang' })
    const { tourhook } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.fetch.idle()
    await vi.advanceTimersByTimeAsync(2_000)
    await page.receiver.arrived(2)
    leavePage()
    expect(isKept()).toBe(true)
  })

  it('keeps the message when it crashes, and the next page sends it after the lease, with the same id', async () => {
    const { tourhook, heard } = await openKnown()
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    const id = heard.queued[1]?.id
    vi.clearAllTimers()

    page.receiver.script({ answer: { status: 200 } })
    const next = page.open(crmAt(page.receiver.url()))
    await vi.advanceTimersByTimeAsync(29_000)
    expect(page.receiver.requests).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_000)
    await page.receiver.arrived(2)
    expect(page.receiver.requests.map(({ json }) => json)).toMatchObject([{ id }, { id }])
    expect(next.heard.failed).toEqual([])
  })
})

describe('a step that is reached while the page is being left', () => {
  it('is handed to the browser as well, when the way is known', async () => {
    const { tourhook } = await openKnown()
    leavePage()
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    expect(isKept()).toBe(false)
  })

  it('is kept, when it is not', async () => {
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    leavePage()
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    expect(isKept()).toBe(true)
  })
})

/** Leaves a message to the browser by a way that is known, and comes back before its answer; all later ones are 200. */
async function comeBackTo(answer: Answer) {
  page.receiver.script({ answers: [{ status: 200 }, answer], answer: { status: 200 } })
  const opened = page.open(crmAt(page.receiver.url()))
  opened.tourhook.trigger(toCrm())
  await page.windUntil(() => opened.heard.delivered.length === 1)
  opened.tourhook.trigger(toCrm())
  await page.receiver.arrived(2)
  leavePage()
  expect(isKept()).toBe(false)
  window.dispatchEvent(new Event('pageshow'))
  return opened
}

describe('a page that comes back', () => {
  it('does not try on its own what it has left to the next page', async () => {
    page.receiver.script({ answers: [{ status: 503 }], answer: { status: 200 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.fetch.idle()
    leavePage()
    window.dispatchEvent(new Event('pageshow'))
    await page.wind(30_000)
    expect(page.receiver.requests).toHaveLength(2)
    expect(heard.delivered).toHaveLength(1)
  })

  it('leaves alone what the next page has delivered meanwhile', async () => {
    page.receiver.script({ answers: [{ status: 503 }], answer: { status: 200 } })
    const { tourhook } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }))
    tourhook.trigger(toCrm())
    await page.fetch.idle()
    leavePage()
    localStorage.clear()
    window.dispatchEvent(new Event('pageshow'))
    await page.wind(30_000)
    expect(page.receiver.requests).toHaveLength(1)
    expect(tourhook.pending()).toEqual([])
  })

  it('keeps its messages again until they are answered', async () => {
    const { tourhook } = await openKnown()
    leavePage()
    window.dispatchEvent(new Event('pageshow'))
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    expect(isKept()).toBe(true)
  })

  it('is sending as before, and what fails then is kept', async () => {
    const { heard } = await comeBackTo({ status: 503, delayMs: 50 })
    await page.windUntil(() => heard.delivered.length === 2)
    expect(page.receiver.requests).toHaveLength(3)
    expect(isKept()).toBe(false)
  })

  it('keeps what it had left to the browser when it sees that the endpoint wants to wait', async () => {
    const { heard } = await comeBackTo({ status: 503, headers: { 'retry-after': '600' }, delayMs: 50 })
    await page.windUntil(() => heard.delivered.length === 2)
    expect(page.receiver.requests).toHaveLength(3)
  })

  it('keeps what it had left to the browser, saw fail, and leaves again before the next try', async () => {
    await comeBackTo({ status: 503, headers: { 'retry-after': '10' }, delayMs: 50 })
    await page.fetch.idle()
    leavePage()
    expect(isKept()).toBe(true)
  })

  it('sends once more, and no oftener, what it was sending by a way not known', async () => {
    page.receiver.script({ answers: [{ status: 503, delayMs: 200 }], answer: { status: 200 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    leavePage()
    window.dispatchEvent(new Event('pageshow'))
    await page.wind(30_000)
    expect(page.receiver.requests).toHaveLength(2)
    expect(heard.delivered).toHaveLength(1)
  })

  it.each([
    ['shown from the back/forward cache', () => window.dispatchEvent(new Event('pageshow'))],
    ['visible again', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['online again', () => window.dispatchEvent(new Event('online'))],
  ])('tries at once what waits when it is %s', async (_, comeBack) => {
    page.receiver.script({ answer: { status: 503 } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(100_000)
    expect(tourhook.pending()).toHaveLength(1)
    page.receiver.script({ answer: { status: 200 } })
    comeBack()
    await page.fetch.idle()
    expect(heard.delivered).toHaveLength(1)
  })

  it('forgets how often it has failed before', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const { tourhook } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(400_000)
    window.dispatchEvent(new Event('online'))
    await page.wind(6_000)
    page.receiver.clear()
    await page.wind(15_000)
    // Of the rounds that follow the return, 1 s, 2 s, 4 s … apart, at least two fall into these seconds.
    expect(page.receiver.requests.length).toBeGreaterThanOrEqual(2)
  })

  it('never listens to unload, which would keep the page out of the back/forward cache', () => {
    const listened = vi.spyOn(window, 'addEventListener')
    page.open(crmAt(page.receiver.url()))
    expect(listened.mock.calls.map(([name]) => name)).not.toContain('unload')
    expect(listened.mock.calls.map(([name]) => name)).not.toContain('beforeunload')
  })
})

describe('the hand-over to the browser', () => {
  it('begins in the task of the step: no timer is in between', async () => {
    const { tourhook } = await openKnown()
    const before = page.fetch.keptAlive.length
    tourhook.trigger(toCrm())
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    expect(page.fetch.keptAlive.length).toBe(before + 1)
  })
})
