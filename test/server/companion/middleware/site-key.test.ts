import { describe, expect, test } from 'vitest'
import { activityOf, relayedOf, startCompanion } from '../../../support/companion.ts'

const relayTo = (url: (path: string) => string) => ({ webhooks: [{ id: 'crm', url: url('/lead') }] })

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
