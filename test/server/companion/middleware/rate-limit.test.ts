import { describe, expect, test } from 'vitest'
import {
  clientOf,
  forwardedAddress,
  forwardedThrough,
} from '../../../../src/server/companion/middleware/client-address.ts'
import {
  createTokenBuckets,
  type Rate,
  type TokenBucketOptions,
} from '../../../../src/server/companion/middleware/token-bucket.ts'
import { activityOf, origin, startCompanion } from '../../../support/companion.ts'
import { handWoundClock } from '../../support/clock.ts'

describe('rates', () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } })
  const request = (changes: object = {}) =>
    new Request('http://companion.test/v1/events', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(activityOf(changes)),
    })

  test('one flooding client is told when to come back, and stops no other', async () => {
    const clock = handWoundClock()
    const { companion } = await startCompanion({
      rateLimit: { client: { perSecond: 0.5, burst: 3 } },
      clock,
    })
    const flood = from('203.0.113.7')
    for (let turn = 0; turn < 3; turn += 1) expect((await companion.fetch(request(), flood)).status).toBe(202)

    const refused = await companion.fetch(request(), flood)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('2')
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin)
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests' } })
    expect((await companion.fetch(request(), from('203.0.113.8'))).status).toBe(202)

    clock.wind(2_000)
    expect((await companion.fetch(request(), flood)).status).toBe(202)
    expect((await companion.fetch(request(), flood)).status).toBe(429)
  })

  test('who has been quiet for longest is forgotten first, not who came first', () => {
    const limit = taker({ perSecond: 1, burst: 2 }, { clock: handWoundClock(), callers: 2 })
    expect(['flood', 'quiet', 'flood', 'new'].map(limit)).toEqual([0, 0, 0, 0])
    expect(limit('flood')).toBeGreaterThan(0)
  })

  test('all clients together have a limit too', async () => {
    const { companion } = await startCompanion({
      rateLimit: { site: { perSecond: 1, burst: 2 } },
      clock: handWoundClock(),
    })
    const statuses = []
    for (const last of [1, 2, 3])
      statuses.push((await companion.fetch(request(), from(`203.0.113.${last}`))).status)
    expect(statuses).toEqual([202, 202, 429])
  })

  test('a wall clock that is put right an hour back locks nobody out', async () => {
    const clock = handWoundClock()
    const { companion } = await startCompanion({ rateLimit: { client: { perSecond: 1, burst: 1 } }, clock })
    expect((await companion.fetch(request(), from('203.0.113.7'))).status).toBe(202)
    clock.putRight(-3_600_000)
    clock.wind(1_000)
    expect((await companion.fetch(request(), from('203.0.113.7'))).status).toBe(202)
  })

  test('a limit remembers a bounded number of callers, the quietest making way', () => {
    const take = taker({ perSecond: 1, burst: 1 }, { clock: handWoundClock(), callers: 2 })
    expect(take('a')).toBe(0)
    expect(take('b')).toBe(0)
    expect(take('a')).toBe(1000)
    expect(take('c')).toBe(0)
    expect(take('b')).toBe(1000)
    expect(take('a')).toBe(0)
  })

  test('a burst refills at its rate and never beyond its size', () => {
    const clock = handWoundClock()
    const take = taker({ perSecond: 10, burst: 2 }, { clock })
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 100])
    clock.wind(100)
    expect([take('a'), take('a')]).toEqual([0, 100])
    clock.wind(59_900)
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 100])
  })

  test('what is heavy counts as many calls, so that bytes are limited as well', async () => {
    const clock = handWoundClock()
    const { companion } = await startCompanion({ rateLimit: { client: { perSecond: 1, burst: 40 } }, clock })
    const heavy = {
      tags: Object.fromEntries(Array.from({ length: 62 }, (_, index) => [`t${index}`, 'x'.repeat(990)])),
    }
    const from7 = from('203.0.113.7')
    expect((await companion.fetch(request(heavy), from7)).status).toBe(202)
    expect((await companion.fetch(request(heavy), from7)).status).toBe(429)
    expect((await companion.fetch(request(), from7)).status).toBe(202)
  })

  test('a body heavier than a whole bucket passes once the bucket is full', async () => {
    const clock = handWoundClock()
    const { companion } = await startCompanion({ rateLimit: { client: { perSecond: 1, burst: 2 } }, clock })
    const heavy = {
      tags: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`t${index}`, 'x'.repeat(900)])),
    }
    expect((await companion.fetch(request(heavy), from('203.0.113.7'))).status).toBe(202)
    expect((await companion.fetch(request(), from('203.0.113.7'))).status).toBe(429)
    clock.wind(2_000)
    expect((await companion.fetch(request(heavy), from('203.0.113.7'))).status).toBe(202)
  })

  test('bodies that are too large are counted, too', async () => {
    const { companion } = await startCompanion({
      rateLimit: { client: { perSecond: 1, burst: 2 } },
      clock: handWoundClock(),
    })
    const statuses = []
    for (let turn = 0; turn < 3; turn += 1) {
      const tooLarge = request({ userHash: 'x'.repeat(70_000) })
      statuses.push((await companion.fetch(tooLarge, from('203.0.113.7'))).status)
    }
    expect(statuses).toEqual([413, 413, 429])
  })

  test.each([
    ['a /56', (index: number) => `2001:db8:0:${index.toString(16)}::1`, 4],
    ['a /48', (index: number) => `2001:db8:0:${(index * 256).toString(16)}::1`, 16],
  ])('%s is no 256 clients', async (_, address, clients) => {
    const rate = { perSecond: 1, burst: 5 }
    const { companion } = await startCompanion({ rateLimit: { client: rate }, clock: handWoundClock() })
    let passed = 0
    for (let index = 0; index < 200; index += 1) {
      if ((await companion.fetch(request(), from(address(index)))).status === 202) passed += 1
    }
    expect(passed).toBe(rate.burst * clients)
  })

  test('a part of the site’s bucket is kept for who has not called lately', async () => {
    const site = { perSecond: 1, burst: 100 }
    const { companion } = await startCompanion({
      rateLimit: { client: { perSecond: 1, burst: 1_000 }, site },
      clock: handWoundClock(),
    })
    const statuses = []
    for (let turn = 0; turn < 120; turn += 1) {
      statuses.push((await companion.fetch(request(), from('203.0.113.7'))).status)
    }
    expect(statuses.filter(status => status === 202)).toHaveLength(80)
    expect((await companion.fetch(request(), from('203.0.113.8'))).status).toBe(202)
    expect((await companion.fetch(request(), from('2001:db8::1'))).status).toBe(202)
  })

  test('one household is one client: its IPv4 however written, its whole IPv6 /64', () => {
    expect(clientOf('::ffff:203.0.113.7')).toBe(clientOf('203.0.113.7'))
    expect(clientOf('2001:db8::1')).toBe(clientOf('2001:db8::ffff:1'))
    expect(clientOf('2001:db8::1')).not.toBe(clientOf('2001:db8:0:1::1'))
  })

  test('a port or brackets, as some proxies write them, make no other client', () => {
    expect(clientOf('1.2.3.4:5678')).toBe(clientOf('1.2.3.4'))
    expect(clientOf('[2001:db8::1]:5678')).toBe(clientOf('2001:db8::1'))
    expect(clientOf('[2001:db8::1]')).toBe(clientOf('2001:db8::1'))
    expect(clientOf('203.0.113.7')).not.toBe(clientOf('203.0.113.8'))
  })

  test('whatever is no address is one client', () => {
    for (const address of ['localhost', '1.2.3.4:x', 'unknown', '_hidden', '']) {
      expect({ address, client: clientOf(address) }).toEqual({ address, client: clientOf('no address') })
    }
  })

  test('behind a proxy, the address that the proxy wrote counts, not one that the client claims', () => {
    const headers = { 'x-forwarded-for': '10.0.0.1, 203.0.113.7' }
    expect(forwardedAddress(new Request('http://companion.test/', { headers }), {})).toBe('203.0.113.7')
  })

  test('behind two proxies, the address that the outer one wrote counts', () => {
    const address = (forwarded: string) =>
      forwardedThrough(2)(
        new Request('http://companion.test/', { headers: { 'x-forwarded-for': forwarded } }),
        {},
      )
    expect(address('10.0.0.1, 203.0.113.7, 198.51.100.1')).toBe('203.0.113.7')
    expect(address('203.0.113.7')).toBe('203.0.113.7')
  })
})

/** Takes a caller's token: 0 when it may pass, else how many milliseconds to wait. */
function taker(rate: Rate, options: TokenBucketOptions): (caller: string) => number {
  const buckets = createTokenBuckets(rate, options)
  return caller => {
    const waitMs = buckets.waitMs(caller)
    if (waitMs === 0) buckets.take(caller)
    return waitMs
  }
}
