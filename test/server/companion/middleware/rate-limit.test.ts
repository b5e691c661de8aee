import { describe, expect, test } from 'vitest'
import { clientOf, forwardedAddress } from '../../../../src/server/companion/middleware/client-address.ts'
import { createTokenBuckets } from '../../../../src/server/companion/middleware/token-bucket.ts'
import { activityOf, origin, startCompanion } from '../../../support/companion.ts'
import { handWoundClock } from '../../support/clock.ts'

describe('rates', () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } })
  const request = () =>
    new Request('http://companion.test/v1/events', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(activityOf()),
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
    const limit = createTokenBuckets({ perSecond: 1, burst: 2 }, { clock: handWoundClock(), callers: 2 })
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
    const take = createTokenBuckets({ perSecond: 1, burst: 1 }, { clock: handWoundClock(), callers: 2 })
    expect(take('a')).toBe(0)
    expect(take('b')).toBe(0)
    expect(take('a')).toBe(1000)
    expect(take('c')).toBe(0)
    expect(take('b')).toBe(1000)
    expect(take('a')).toBe(0)
  })

  test('a burst refills at its rate and never beyond its size', () => {
    const clock = handWoundClock()
    const take = createTokenBuckets({ perSecond: 10, burst: 2 }, { clock })
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 100])
    clock.wind(100)
    expect([take('a'), take('a')]).toEqual([0, 100])
    clock.wind(59_900)
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
