import { describe, expect, test } from 'vitest'
import { createOriginCheck } from '../../../../src/server/companion/middleware/allowed-origins.ts'
import { activityOf, origin, startCompanion } from '../../../support/companion.ts'

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

  test('a preflight allows the headers of tools that trace requests', async () => {
    const { page } = await startCompanion()
    const asked = 'baggage,content-type,sentry-trace,traceparent'
    const { headers } = await page('OPTIONS', '/v1/events', undefined, {
      'access-control-request-method': 'POST',
      'access-control-request-headers': asked,
    })
    expect(headers.get('access-control-allow-headers')).toBe(asked)
  })

  test('a refused origin is reported once, so that a flood fills no log', async () => {
    const refused: string[] = []
    const { page } = await startCompanion({ onRefusedOrigin: origin => refused.push(origin) })
    for (const origin of ['https://evil.example', 'https://evil.example', 'https://other.example']) {
      const { json } = await page('POST', '/v1/events', activityOf(), { origin })
      expect(json.error.message).toContain('--allow-origin')
    }
    expect(refused).toEqual(['https://evil.example', 'https://other.example'])
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

  test('upper case and the usual port make no other origin', () => {
    const isAllowed = createOriginCheck(['https://A.example', 'https://b.example:443', 'http://*.C.example:80'])
    for (const origin of [
      'https://a.example:443',
      'HTTPS://A.EXAMPLE',
      'https://b.example',
      'http://x.c.example',
    ]) {
      expect({ origin, isAllowed: isAllowed(origin) }).toEqual({ origin, isAllowed: true })
    }
    for (const origin of [
      'https://a.example:444',
      'http://a.example',
      'https://a.example@b.example',
      'a.example',
    ]) {
      expect({ origin, isAllowed: isAllowed(origin) }).toEqual({ origin, isAllowed: false })
    }
  })

  test.each(['example.com', 'https://example.com/', 'https://example.com/path', '', 'https://*'])(
    'the allowed origin %j is refused at once',
    entry => {
      expect(() => createOriginCheck([entry])).toThrow(`allowedOrigins[0]: expected an origin`)
    },
  )
})
