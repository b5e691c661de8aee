import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()
const undo: (() => void)[] = []

/** Puts something of the host's in the place of a built-in, for one test. */
function replace(owner: object, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(owner, name)
  Object.defineProperty(owner, name, { value, configurable: true, writable: true, enumerable: false })
  undo.push(() => (before ? Object.defineProperty(owner, name, before) : Reflect.deleteProperty(owner, name)))
}

afterEach(() => {
  for (const restore of undo.splice(0).reverse()) restore()
})

/** As Prototype 1.7 has it: no iterables, no mapping. */
const listOf = (items: ArrayLike<unknown>) => Array.prototype.slice.call(items ?? [])

// What happy-dom and Node themselves can't do without is replaced in a real browser (nothing-lost.test.ts).
const hosts: [host: string, spoil: () => void][] = [
  ['Array.from of Prototype 1.7', () => replace(Array, 'from', listOf)],
  [
    'toJSON of Prototype 1.6 on lists, texts, numbers and objects',
    () => {
      const toJSON = function (this: unknown) {
        return `[${String(this)}]`
      }
      for (const { prototype } of [Array, String, Number, Object]) replace(prototype, 'toJSON', toJSON)
    },
  ],
  ['entries of Prototype 1.7, which are values', () => replace(Array.prototype, 'entries', listOf)],
  [
    'reduce of Prototype 1.6',
    () =>
      replace(Array.prototype, 'reduce', function (this: unknown[]) {
        return this.length > 1 ? this : this[0]
      }),
  ],
  [
    'map of an old polyfill, which tells no index',
    () =>
      replace(Array.prototype, 'map', function (this: unknown[], each: (item: unknown) => unknown) {
        const mapped: unknown[] = []
        for (const item of this) mapped.push(each(item))
        return mapped
      }),
  ],
  ['a property that every object inherits', () => Object.assign(Object.prototype, { each: () => {} })],
]

describe.each(hosts)('a page with %s', (_, spoil) => {
  afterEach(() => Reflect.deleteProperty(Object.prototype, 'each'))

  it('sends its lists as lists, again after a 503, and what waited offline, each once', async () => {
    page.receiver.script({ answers: [{ status: 503 }] })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { transport: 'cors' }), {
      tags: { plan: 'pro' },
    })
    spoil()
    const colors = ['red', 'blue']
    const data = { colors: { answer: 'colors' }, plan: { tag: 'plan' } }
    tourhook.trigger(toCrm(data), { answers: { colors } })
    await page.windUntil(() => heard.delivered.length === 1)
    page.setOnline(false)
    tourhook.trigger(toCrm(data), { answers: { colors } })
    await page.wind(500)
    page.setOnline(true)
    await page.windUntil(() => heard.delivered.length === 2)

    const bodies = page.receiver.requests.map(({ json }) => json)
    expect(bodies).toHaveLength(3)
    for (const body of bodies) expect(body).toMatchObject({ data: { colors, plan: 'pro' }, userId: null })
    expect(heard.failed).toEqual([])
    expect(tourhook.pending()).toEqual([])
  })
})

describe('a browser that says it is offline', () => {
  it('and is not, gets its message there', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(1)
    expect(heard.error).toEqual([])
  })

  it('and is, says so with each try, and reports no mistake', async () => {
    page.setOnline(false)
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.wind(10_000)
    expect(heard.retrying.length).toBeGreaterThan(1)
    expect(heard.retrying[0]).toMatchObject({ reason: 'offline', webhook: 'crm' })
    expect(heard.error).toEqual([])
    expect(tourhook.pending()).toHaveLength(1)
  })
})

describe('a preflight that is never answered', () => {
  it('gives way to a simple request at once after ten seconds, which is reported and remembered', async () => {
    page.receiver.script({ cors: 'hang' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await vi.advanceTimersByTimeAsync(9_900)
    expect(page.receiver.requests).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    await page.fetch.idle()
    expect(page.receiver.requests).toHaveLength(1)
    expect(heard.sent).toMatchObject([{ transport: 'simple' }])
    expect(heard.error.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/^http:\S+ does not answer a preflight: write "transport": "simple"$/),
    ])

    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.sent.length === 2)
    expect(page.receiver.preflights).toHaveLength(1)
  })

  it('is reported where there is no other way', async () => {
    page.receiver.script({ cors: 'hang' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { headers: { 'X-Team': 'a' } }))
    tourhook.trigger(toCrm())
    await vi.advanceTimersByTimeAsync(11_000)
    expect(heard.error[0]?.error.message).toMatch(/does not answer within 10 s; .*"transport": "relay"$/)
    expect(tourhook.pending()).toHaveLength(1)
  })
})
