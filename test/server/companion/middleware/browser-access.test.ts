import { describe, expect, test } from 'vitest'
import { createOriginCheck } from '../../../../src/server/companion/middleware/allowed-origins.ts'
import { clientOf, forwardedAddress } from '../../../../src/server/companion/middleware/client-address.ts'
import { createRateLimit } from '../../../../src/server/companion/middleware/token-bucket.ts'
import { userHashOf } from '../../../../src/server/user-hash.ts'
import { activityOf, origin, relayedOf, startCompanion } from '../../../support/companion.ts'

const relayTo = (url: (path: string) => string) => ({ webhooks: [{ id: 'crm', url: url('/lead') }] })

describe('origins', () => {
  test('a page of an allowed origin may ask, and read the answer', async () => {
    const { page } = await startCompanion()
    const { status, headers } = await page('POST', '/v1/events', activityOf())
    expect(status).toBe(202)
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-expose-headers')).toBe('ETag, Retry-After')
    expect(headers.get('vary')).toBe('Origin')
  })

  test('a preflight is answered', async () => {
    const { page } = await startCompanion({ siteKey: 'site' })
    for (const path of ['/v1/events', '/v1/relay/crm?key=site', '/v1/config.json']) {
      const { status, headers } = await page('OPTIONS', path, undefined, {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      })
      expect({ path, status }).toEqual({ path, status: 204 })
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('access-control-allow-headers')).toBe('content-type')
    }
  })

  test.each([['https://evil.example'], ['null'], [''], ['https://www.example.com.evil.example']])(
    'a page of %j is turned away',
    async origin => {
      const { page } = await startCompanion()
      for (const method of ['POST', 'OPTIONS']) {
        const { status, headers, json } = await page(method, '/v1/events', undefined, { origin })
        expect({ status, code: json.error.code }).toEqual({ status: 403, code: 'unknown_origin' })
        expect(headers.get('access-control-allow-origin')).toBeNull()
      }
    },
  )

  test('what posts without an origin is no page', async () => {
    const { companion } = await startCompanion()
    const response = await companion.fetch(new Request('http://companion.test/v1/events', { method: 'POST' }))
    expect(response.status).toBe(403)
  })

  test('one entry may stand for all subdomains, or for every origin', () => {
    const isAllowed = createOriginCheck(['https://*.example.com', 'http://localhost:3000'])
    expect(isAllowed('https://app.example.com')).toBe(true)
    expect(isAllowed('https://a.b.example.com')).toBe(true)
    expect(isAllowed('http://localhost:3000')).toBe(true)
    expect(isAllowed('https://example.com')).toBe(false)
    expect(isAllowed('http://app.example.com')).toBe(false)
    expect(isAllowed('https://evilexample.com')).toBe(false)
    expect(isAllowed('https://evil.com/.example.com')).toBe(false)
    expect(createOriginCheck(['*'])('https://any.example')).toBe(true)
  })

  test.each(['example.com', 'https://example.com/', 'https://example.com/path', '', 'https://*'])(
    'the allowed origin %j is refused at once',
    entry => {
      expect(() => createOriginCheck([entry])).toThrow(`allowedOrigins[0]: expected an origin`)
    },
  )
})

describe('the site key', () => {
  test('travels as a parameter; without it, or with another, nobody is let in', async () => {
    const { page } = await startCompanion({ siteKey: 'site', config: relayTo })
    for (const key of ['', '?key=', '?key=sitE', '?key=site1']) {
      const { status, json } = await page('POST', `/v1/events${key}`, activityOf())
      expect({ key, status, code: json.error.code }).toEqual({ key, status: 401, code: 'bad_key' })
    }
    expect((await page('POST', '/v1/events?key=site', activityOf())).status).toBe(202)
    expect((await page('POST', '/v1/relay/crm?key=site', relayedOf())).status).toBe(202)
    expect((await page('GET', '/v1/config.json?key=site')).status).toBe(200)
    expect((await page('GET', '/v1/config.json')).status).toBe(401)
  })
})

describe('the user hash', () => {
  const userHashSecret = 'known to the site only'

  test('a visitor speaks for the user whose hash they have, and for nobody else', async () => {
    const { post, emitter } = await startCompanion({ userHashSecret, config: relayTo })
    const userHash = userHashOf('ada', userHashSecret)
    expect((await post('/v1/events', activityOf({ userHash }))).status).toBe(202)
    expect((await post('/v1/relay/crm', relayedOf({}, { userHash }))).status).toBe(202)

    for (const stolen of [{ userHash, userId: 'bob' }, { userHash: '' }, { userHash: `${userHash}0` }, {}]) {
      const { status, json } = await post('/v1/events', activityOf(stolen))
      expect({ status, error: json.error }).toMatchObject({ status: 403, error: { code: 'bad_user_hash' } })
    }
    expect((await post('/v1/relay/crm', relayedOf({ userId: 'bob' }, { userHash }))).status).toBe(403)
    expect(await emitter.read('user:bob')).toBeUndefined()
  })

  test('a visitor can not pass for another by a tag named userId', async () => {
    const { post, receiver } = await startCompanion({
      userHashSecret,
      config: url => ({
        webhooks: [
          { id: 'crm', url: url('/'), events: ['tour_completed'], data: { user: { tag: 'userId' } } },
          { id: 'chat', url: url('/chat'), events: ['tour_completed'], body: { text: '{userId} is done' } },
        ],
      }),
    })
    const done = { events: [{ name: 'tour_completed', id: 'welcome' }] }
    const claim = { tags: { userId: 'bob' }, managedTags: { userId: 'bob' } }
    const userHash = userHashOf('ada', userHashSecret)
    await post('/v1/events', activityOf({ ...done, ...claim, userHash }))
    await post('/v1/events', activityOf({ ...done, tags: { userId: 'bob' }, userId: null }))
    await post('/v1/events', activityOf({ ...done, userHash }))
    const arrived = await receiver.arrived(6)
    expect(arrived.map(({ body }) => body).join()).not.toContain('bob')
    const ofCrm = arrived.flatMap(({ path, json }) => (path === '/' ? (json as { data: object }).data : []))
    expect(ofCrm).toEqual(expect.arrayContaining([{ user: 'ada' }, {}, { user: 'ada' }]))
  })

  test('a visitor who claims to be nobody needs none', async () => {
    const { post } = await startCompanion({ userHashSecret })
    expect((await post('/v1/events', activityOf({ userId: null }))).status).toBe(202)
  })

  test('is what a site computes with openssl', () => {
    // printf ada | openssl dgst -sha256 -hmac 'known to the site only'
    expect(userHashOf('ada', userHashSecret)).toBe(
      '4f186672ec40b10a608d88692ba02f1aef64d02822bc63e74c4299292d5c4890',
    )
  })
})

describe('bodies', () => {
  test('64 KiB are read, a byte more is not, whatever content-length says', async () => {
    const { companion } = await startCompanion()
    const send = (bytes: number, headers: Record<string, string> = {}) => {
      const text = JSON.stringify(activityOf())
      const chunks = [text + ' '.repeat(bytes - text.length)].map(chunk => new TextEncoder().encode(chunk))
      const body = new ReadableStream({
        pull(controller) {
          const chunk = chunks.shift()
          if (chunk) controller.enqueue(chunk)
          else controller.close()
        },
      })
      return companion.fetch(
        new Request('http://companion.test/v1/events', {
          method: 'POST',
          headers: { origin, 'content-type': 'application/json', ...headers },
          body,
          duplex: 'half',
        } as RequestInit),
      )
    }
    expect((await send(65_536)).status).toBe(202)
    const refused = await send(65_537, { 'content-length': '10' })
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({ error: { code: 'too_large' } })
  })

  test('a body without an end is not read to the end', async () => {
    const { companion } = await startCompanion()
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(16_384))
      },
    })
    const { status } = await companion.fetch(
      new Request('http://companion.test/v1/events', {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit),
    )
    expect(status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })

  test.each(['text/plain', 'application/jsonp', 'multipart/form-data', ''])(
    'of type %j are not read',
    async type => {
      const { page } = await startCompanion()
      const { status, json } = await page('POST', '/v1/events', activityOf(), { 'content-type': type })
      expect({ status, code: json.error.code }).toEqual({ status: 415, code: 'not_json' })
    },
  )

  test('may name their charset', async () => {
    const { page } = await startCompanion()
    const type = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await page('POST', '/v1/events', activityOf(), type)).status).toBe(202)
  })

  test.each(['', '{', 'null null', '{"id":}', '\u{feff}{'])(
    'that are no JSON are a bad request: %j',
    async body => {
      const { post } = await startCompanion()
      const { status, json } = await post('/v1/events', body)
      expect({ status, code: json.error.code }).toEqual({ status: 400, code: 'bad_json' })
    },
  )

  test('that nest without end are refused before anything recurses into them', async () => {
    const { post } = await startCompanion()
    const { status, json } = await post('/v1/events', '['.repeat(30_000) + ']'.repeat(30_000))
    expect({ status, code: json.error.code }).toEqual({ status: 400, code: 'too_deep' })
  })

  test.each([
    [{ id: 'not a message id' }, 'id'],
    [{ timestamp: 'yesterday' }, 'timestamp'],
    [{ userId: '' }, 'userId'],
    [{ userId: 7 }, 'userId'],
    [{ tags: { plan: { nested: true } } }, 'tags.plan'],
    [{ events: [{ name: 'user_created', id: 'x' }] }, 'events[0].name'],
    [{ events: [{ name: 'banner_seen' }] }, 'events[0].id'],
    [{ events: {} }, 'events'],
    [{ surprise: 1 }, ''],
  ])('that say %j are told where they are wrong: %j', async (changes, path) => {
    const { post, emitter } = await startCompanion()
    const { status, json } = await post('/v1/events', activityOf(changes))
    expect({ status, error: json.error }).toMatchObject({ status: 422, error: { code: 'invalid', path } })
    expect(json.error.message).not.toBe('')
    expect(await emitter.read('user:ada')).toBeUndefined()
  })

  test('have the tags beyond 200 left out, and those with longer names, and count', async () => {
    const { post, emitter } = await startCompanion()
    const tags = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`tag${index}`, index]))
    const managedTags = { ['x'.repeat(201)]: 1, level: 2 }
    const { status, json } = await post('/v1/events', activityOf({ tags, managedTags }))
    expect({ status, json }).toMatchObject({ status: 202, json: { counted: true } })
    const kept = (await emitter.read('user:ada')) as { tags: object; managedTags: object }
    expect(Object.keys(kept.tags)).toHaveLength(200)
    expect(kept.tags).toMatchObject({ tag0: 0, tag199: 199 })
    expect(kept.managedTags).toEqual({ level: 2 })
  })

  test('have a tag cut after a thousand characters, and count', async () => {
    const { post, emitter } = await startCompanion()
    const tags = { long: `${'x'.repeat(999)}\u{1f600}`, fits: 'y'.repeat(1000) }
    const { status, json } = await post(
      '/v1/events',
      activityOf({ tags, managedTags: { long: `${tags.fits}z` } }),
    )
    expect({ status, json }).toMatchObject({ status: 202, json: { counted: true } })
    await post('/v1/events', activityOf({ tags }))
    expect(await emitter.read('user:ada')).toMatchObject({
      tags: { long: 'x'.repeat(999), fits: tags.fits },
      managedTags: { long: tags.fits },
    })
  })

  test('lose what no database keeps: U+0000 and half a character', async () => {
    const { post, emitter } = await startCompanion()
    const text = JSON.stringify(activityOf({ tags: { emoji: 'cut \u{1f600}'.slice(0, 5), nul: 'a\u0000b' } }))
    expect(text).toContain('\\ud83d')
    expect((await post('/v1/events', text)).status).toBe(202)
    expect(await emitter.read('user:ada')).toMatchObject({ tags: { emoji: 'cut \u{fffd}', nul: 'ab' } })
  })
})

describe('rates', () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } })
  const request = () =>
    new Request('http://companion.test/v1/events', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(activityOf()),
    })

  test('one flooding client is told when to come back, and stops no other', async () => {
    let time = Date.parse('2026-11-23T09:00:00.000Z')
    const { companion } = await startCompanion({
      rateLimit: { client: { perSecond: 0.5, burst: 3 } },
      now: () => time,
    })
    const flood = from('203.0.113.7')
    for (let turn = 0; turn < 3; turn += 1) expect((await companion.fetch(request(), flood)).status).toBe(202)

    const refused = await companion.fetch(request(), flood)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('2')
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin)
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests' } })
    expect((await companion.fetch(request(), from('203.0.113.8'))).status).toBe(202)

    time += 2_000
    expect((await companion.fetch(request(), flood)).status).toBe(202)
    expect((await companion.fetch(request(), flood)).status).toBe(429)
  })

  test('who has been quiet for longest is forgotten first, not who came first', () => {
    const limit = createRateLimit({ perSecond: 1, burst: 2 }, { now: () => 0, callers: 2 })
    expect(['flood', 'quiet', 'flood', 'new'].map(limit)).toEqual([0, 0, 0, 0])
    expect(limit('flood')).toBeGreaterThan(0)
  })

  test('all clients together have a limit too', async () => {
    const { companion } = await startCompanion({
      rateLimit: { site: { perSecond: 1, burst: 2 } },
      now: () => 0,
    })
    const statuses = []
    for (const last of [1, 2, 3])
      statuses.push((await companion.fetch(request(), from(`203.0.113.${last}`))).status)
    expect(statuses).toEqual([202, 202, 429])
  })

  test('a limit remembers a bounded number of callers, the quietest making way', () => {
    const take = createRateLimit({ perSecond: 1, burst: 1 }, { now: () => 0, callers: 2 })
    expect(take('a')).toBe(0)
    expect(take('b')).toBe(0)
    expect(take('a')).toBe(1000)
    expect(take('c')).toBe(0)
    expect(take('b')).toBe(1000)
    expect(take('a')).toBe(0)
  })

  test('a burst refills at its rate and never beyond its size', () => {
    let time = 0
    const take = createRateLimit({ perSecond: 10, burst: 2 }, { now: () => time })
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 100])
    time = 100
    expect([take('a'), take('a')]).toEqual([0, 100])
    time = 60_000
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 100])
  })

  test('one household is one client: its IPv4 however written, its whole IPv6 /64', () => {
    expect(clientOf('::ffff:203.0.113.7')).toBe(clientOf('203.0.113.7'))
    expect(clientOf('2001:db8::1')).toBe(clientOf('2001:db8::ffff:1'))
    expect(clientOf('2001:db8::1')).not.toBe(clientOf('2001:db8:0:1::1'))
  })

  test('behind a proxy, the address that the proxy wrote counts, not one that the client claims', () => {
    const headers = { 'x-forwarded-for': '10.0.0.1, 203.0.113.7' }
    expect(forwardedAddress(new Request('http://companion.test/', { headers }), {})).toBe('203.0.113.7')
  })
})

test('what is at no path, and what no method is for, is told so', async () => {
  const { page } = await startCompanion()
  expect(await page('GET', '/v1/nothing')).toMatchObject({
    status: 404,
    json: { error: { code: 'not_found' } },
  })
  const { status, headers, json } = await page('DELETE', '/v1/events')
  expect({ status, code: json.error.code }).toEqual({ status: 405, code: 'method_not_allowed' })
  expect(headers.get('allow')).toBe('POST')
})

test('the companion may be mounted below a path', async () => {
  const { page } = await startCompanion({ basePath: '/api/tourhook' })
  expect((await page('POST', '/api/tourhook/v1/events', activityOf())).status).toBe(202)
  expect((await page('POST', '/v1/events', activityOf())).status).toBe(404)
})
