import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, bodyOf, fillTemplate, headersOf } from '../../src/message/body.ts'
import { createMessageId, type Message } from '../../src/message/message.ts'
import { retryAfterMs } from '../../src/values/retry-after.ts'

const message: Message = {
  id: 'msg_1',
  timestamp: '2026-11-23T09:00:00.000Z',
  name: 'CRM lead',
  userId: null,
  events: [{ name: 'trigger_event', id: 'welcome', step: 'send' }],
  data: { role: 'Developer', score: 9, agreed: true, colors: ['red', 'blue'], none: null },
}

describe('a message’s id', () => {
  it('sorts by the time at which it was made', () => {
    const times = fc.uniqueArray(fc.nat(8_640_000_000_000), { minLength: 2 })
    fc.assert(
      fc.property(times, given => {
        const byTime = given.toSorted((a, b) => a - b).map(time => ({ time, id: createMessageId(time) }))
        const byId = byTime.toSorted((a, b) => (a.id < b.id ? -1 : 1))
        expect(byId).toEqual(byTime)
      }),
    )
  })

  it('is unique, though many are made in the same millisecond', () => {
    const ids = Array.from({ length: 5_000 }, () => createMessageId(0))
    expect(new Set(ids).size).toBe(5_000)
  })

  it('is one that the companion takes, and Standard Webhooks: no dot, not too long', () => {
    expect(createMessageId(Date.UTC(2026, 10, 23))).toMatch(/^msg_01a[0-9a-f]{9}[0-9a-z]{4,28}$/)
  })
})

describe('what a webhook is sent', () => {
  it('is the whole message, its data alone, or its template', () => {
    expect(bodyOf({}, message)).toBe(message)
    expect(bodyOf({ body: 'envelope' }, message)).toBe(message)
    expect(bodyOf({ body: 'data' }, message)).toBe(message.data)
    expect(bodyOf({ body: { text: '{role}' } }, message, { text: 'Developer' })).toEqual({
      text: 'Developer',
    })
  })

  it('is the message or its data, whatever is given as filled, where there is no template', () => {
    const filled = { text: 'forged' }
    expect(bodyOf({ body: 'envelope' }, message, filled)).toBe(message)
    expect(bodyOf({}, message, filled)).toBe(message)
    expect(bodyOf({ body: 'data' }, message, filled)).toBe(message.data)
  })

  it('is the template over the data, where the message is older than the template', () => {
    expect(bodyOf({ body: { text: '{role}', plan: '{plan}' } }, message)).toEqual({ text: 'Developer' })
  })

  it('has its template filled from the data first, then from what else is known', () => {
    const lookup = (name: string) => ({ role: 'tag', plan: 'pro' })[name]
    expect(fillTemplate({ body: { text: '{role} {plan} {nobody}.' } }, message, lookup)).toEqual({
      text: 'Developer pro .',
    })
    expect(fillTemplate({ body: 'data' }, message, lookup)).toBeUndefined()
    expect(fillTemplate({}, message, lookup)).toBeUndefined()
  })
})

describe('the address', () => {
  const url = 'https://hooks.example.com/lead?key=1'

  it('has the webhook’s parameters beside its own, and these alone for POST', () => {
    expect(addressOf({ url, query: { source: 'tour', version: 2, test: false } }, message)).toBe(
      'https://hooks.example.com/lead?key=1&source=tour&version=2&test=false',
    )
    expect(addressOf({ url, query: { key: 2 } }, message)).toBe('https://hooks.example.com/lead?key=2')
  })

  it.each([
    '?sig=a%20b~c%2F==&sv=1.0',
    '?sp=%2Ftriggers%2Fmanual%2Frun&sig=E_-x*(y)!',
    '?empty=&flag&&a=1&a=2&',
    '?plus=a+b&utf8=%C3%A9&lower=%c3%a9',
  ])('keeps a signed URL as it is written, and appends: %s', search => {
    const signed = `https://prod-1.logic.azure.com/workflows/x/triggers/manual${search}`
    expect(addressOf({ url: signed }, message)).toBe(signed)
    expect(addressOf({ url: signed, query: { source: 'a b' } }, message)).toBe(`${signed}&source=a+b`)
    const got = addressOf({ url: signed, method: 'GET', query: { source: 'tour' } }, message)
    expect(got.startsWith(`${signed}&messageId=${message.id}&`)).toBe(true)
    expect(got.endsWith('&source=tour')).toBe(true)
  })

  it('has the data and the id for GET', () => {
    const { searchParams } = new URL(addressOf({ url, method: 'GET', query: { source: 'tour' } }, message))
    expect(Object.fromEntries(searchParams)).toEqual({
      key: '1',
      source: 'tour',
      messageId: 'msg_1',
      role: 'Developer',
      score: '9',
      agreed: 'true',
      colors: '["red","blue"]',
      none: 'null',
    })
  })

  it('has the webhook’s parameters and those of its URL, whatever the data says', () => {
    const webhook = { url: `${url}&score=0&a=1&a=2`, method: 'GET', query: { role: 'fixed' } } as const
    const { searchParams } = new URL(addressOf(webhook, message))
    expect(searchParams.getAll('role')).toEqual(['fixed'])
    expect(searchParams.getAll('score')).toEqual(['0'])
    expect(searchParams.getAll('a')).toEqual(['1', '2'])
  })

  it('has the bare data for GET with "data", and the filled template with a template', () => {
    const data = new URL(addressOf({ url, method: 'GET', body: 'data' }, message)).searchParams
    expect([...data.keys()]).toEqual(['key', 'role', 'score', 'agreed', 'colors', 'none'])
    const filled = new URL(
      addressOf({ url, method: 'GET', body: { t: '{role}' } }, message, { t: 'Developer' }),
    )
    expect(filled.search).toBe('?key=1&t=Developer')
  })

  it('is not broken by anything in the data', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), data => {
        const address = new URL(addressOf({ url, method: 'GET', body: 'data' }, { ...message, data }))
        expect(address.origin + address.pathname).toBe('https://hooks.example.com/lead')
        expect(Object.fromEntries(address.searchParams)).toEqual({ ...data, key: '1' })
      }),
      { numRuns: 50, examples: [[{ key: 'other' }]] },
    )
  })

  it.each(['', '/lead', 'https://'])('can’t be made of %j', broken => {
    expect(() => addressOf({ url: broken }, message)).toThrow(TypeError)
  })
})

describe('the headers', () => {
  it('are the webhook’s own', () => {
    expect(headersOf({ headers: { 'X-Team': 'growth' } })).toEqual({ 'X-Team': 'growth' })
    expect(headersOf({})).toEqual({})
  })

  it('have the user name and the password in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (username, password) => {
        const { authorization = '' } = headersOf({ auth: { username, password } })
        const decoded = Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8')
        expect(decoded).toBe(`${username}:${password}`)
      }),
    )
    expect(headersOf({ auth: { username: 'Aladdin', password: 'open sesame' } })).toEqual({
      authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
    })
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 23, 9)

  it.each([
    ['120', 120_000],
    [' 120 ', 120_000],
    ['1.5', 1_500],
    ['Mon, 23 Nov 2026 09:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 09:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ])('%j is a wait of %i ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms)
  })

  it.each([null, undefined, '', ' ', 'soon', '-5', 'Sun, 22 Nov 2026 09:00:00 GMT', 'NaN'])(
    '%j is none',
    header => {
      expect(retryAfterMs(header, now)).toBeUndefined()
    },
  )

  it('is never negative or no number, whatever it is', () => {
    fc.assert(fc.property(fc.string(), header => (retryAfterMs(header, now) ?? 0) >= 0))
  })
})
