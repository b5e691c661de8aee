import { describe, expect, test } from 'vitest'
import { memoryStore } from '../../../../src/server/stores/memory/memory.ts'
import type { Store } from '../../../../src/server/stores/store.ts'
import { activityOf, adminToken, relayedOf, startCompanion } from '../../../support/companion.ts'
import { handWoundClock } from '../../support/clock.ts'

const toCrm = (url: (path: string) => string) => ({
  webhooks: [
    {
      id: 'crm',
      url: url('/SECRET-PATH'),
      headers: { 'X-Key': 'SECRET-HEADER' },
      events: ['tour_completed' as const],
    },
    { id: 'chat', url: url('/chat') },
  ],
})
const completed = (id: string) => activityOf({ events: [{ name: 'tour_completed', id }] })

describe('the admin token', () => {
  test.each([
    ['none', undefined],
    ['another', 'Bearer another'],
    ['its beginning', `Bearer ${adminToken.slice(0, -1)}`],
    ['as a password', `Basic ${btoa(`admin:${adminToken}`)}`],
  ])('opens the door; %s does not', async (_, authorization) => {
    const { page } = await startCompanion()
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
    for (const path of ['/v1/admin/webhooks', '/v1/admin/deliveries', '/v1/admin/nothing', '/metrics']) {
      const answer = await page('GET', path, undefined, headers)
      expect({ path, status: answer.status }).toEqual({ path, status: 401 })
      expect(answer.json.error.code).toBe('bad_token')
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  test('that was never set opens nothing', async () => {
    const { page } = await startCompanion({ adminToken: undefined })
    for (const token of ['undefined', '', 'null']) {
      const { status } = await page('GET', '/v1/admin/webhooks', undefined, {
        authorization: `Bearer ${token}`,
      })
      expect(status).toBe(401)
    }
  })

  test('is not guessed: who was wrong too often is turned away unheard, and others are not', async () => {
    const clock = handWoundClock()
    const { companion } = await startCompanion({ clock })
    const ask = async (token: string, address: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const request = new Request('http://companion.test/v1/admin/webhooks', { headers })
      return (await companion.fetch(request, { incoming: { socket: { remoteAddress: address } } })).status
    }
    const statuses = []
    for (let guess = 0; guess < 1_000; guess += 1) statuses.push(await ask(`guess${guess}`, '203.0.113.7'))
    expect(statuses.filter(status => status === 401)).toHaveLength(50)
    expect(statuses.slice(50).every(status => status === 429)).toBe(true)
    expect(await ask(adminToken, '203.0.113.7')).toBe(429)
    expect(await ask(adminToken, '203.0.113.8')).toBe(200)
    clock.wind(2_000)
    expect(await ask(adminToken, '203.0.113.7')).toBe(200)
  })

  test.each([
    ['adminToken', ''],
    ['adminToken', 'x'.repeat(31)],
    ['userHashSecret', ''],
    ['userHashSecret', 'x'.repeat(15)],
    ['siteKey', ''],
  ])('and other secrets guard something: %s may not be %j', async (name, secret) => {
    const starting = startCompanion({ [name]: secret })
    await expect(starting).rejects.toThrow(new RegExp(`^${name}: expected .*"npx tourhook secret"$`))
    if (secret !== '') await expect(starting).rejects.not.toThrow(secret)
  })

  test('lets no other page read: there is no CORS on admin routes', async () => {
    const { admin } = await startCompanion()
    const { status, headers } = await admin('GET', '/webhooks')
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('webhooks', () => {
  test('are listed without what is secret about them', async () => {
    const { admin, receiver } = await startCompanion({ config: toCrm })
    const { json, text } = await admin('GET', '/webhooks')
    expect(json.webhooks).toMatchObject([
      { id: 'crm', endpoint: new URL(receiver.url()).origin, headerNames: ['X-Key'], source: 'config' },
      { id: 'chat', source: 'config' },
    ])
    expect(text).not.toContain('SECRET')
    expect((await admin('GET', '/webhooks/crm')).json.id).toBe('crm')
    expect((await admin('GET', '/webhooks/unknown')).status).toBe(404)
  })

  test('are made, changed and removed at run time; the secret is shown once', async () => {
    const { admin, receiver, post } = await startCompanion()
    const made = await admin('POST', '/webhooks', {
      id: 'new',
      url: receiver.url('/SECRET-PATH'),
      events: ['tour_completed'],
    })
    expect(made).toMatchObject({ status: 201, json: { webhook: { id: 'new', signed: true } } })
    expect(made.json.secret).toMatch(/^whsec_/)
    expect((await admin('GET', '/webhooks')).text).not.toMatch(/whsec_|SECRET/)

    await post('/v1/events', completed('welcome'))
    expect((await receiver.arrived(1))[0]).toMatchObject({ path: '/SECRET-PATH', json: { name: 'new' } })

    const changed = await admin('PATCH', '/webhooks/new', { name: 'New', url: receiver.url('/moved') })
    expect(changed).toMatchObject({ status: 200, json: { id: 'new', name: 'New', events: ['tour_completed'] } })
    await post('/v1/events', completed('welcome'))
    expect((await receiver.arrived(2))[1]).toMatchObject({ path: '/moved', json: { name: 'New' } })

    expect((await admin('PATCH', '/webhooks/new', { name: null })).json).not.toHaveProperty('name')
    expect((await admin('DELETE', '/webhooks/new')).status).toBe(204)
    expect((await admin('GET', '/webhooks/new')).status).toBe(404)
  })

  test.each([
    [{ id: 'new' }, 'url'],
    [{ id: 'new', url: 'http://example.com' }, 'url'],
    [{ id: 'new', url: 7 }, 'url'],
    [{ url: 'https://example.com', events: ['tour_finished'] }, 'events[0]'],
    [{ url: 'https://example.com', surprise: true }, ''],
  ])('that are wrong are refused with the path: %j', async (webhook, path) => {
    const { admin } = await startCompanion()
    const { status, json } = await admin('POST', '/webhooks', webhook)
    expect({ status, error: json.error }).toMatchObject({ status: 422, error: { code: 'invalid', path } })
    expect((await admin('GET', '/webhooks')).json.webhooks).toEqual([])
  })

  test('may not take the id of another, nor change what stands in the config', async () => {
    const { admin } = await startCompanion({ config: toCrm })
    expect(await admin('POST', '/webhooks', { id: 'crm', url: 'https://example.com' })).toMatchObject({
      status: 409,
      json: { error: { code: 'taken', path: 'id' } },
    })
    for (const method of ['PATCH', 'DELETE']) {
      const { status, json } = await admin(
        method,
        '/webhooks/crm',
        method === 'PATCH' ? { name: 'x' } : undefined,
      )
      expect({ status, code: json.error.code }).toEqual({ status: 409, code: 'from_config' })
    }
  })

  test('do not take another secret but by rotation, and say so', async () => {
    const { admin, receiver } = await startCompanion()
    await admin('POST', '/webhooks', { id: 'new', url: receiver.url('/new') })
    for (const secret of ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', null]) {
      const { status, json } = await admin('PATCH', '/webhooks/new', { secret })
      const message = 'is not changed but rotated: use rotate-secret'
      expect({ status, error: json.error }).toEqual({
        status: 422,
        error: { code: 'invalid', path: 'secret', message },
      })
    }
  })

  test('wait while they are disabled, and are sent what has waited', async () => {
    const { admin, post, receiver, emitter } = await startCompanion({ config: toCrm })
    expect((await admin('POST', '/webhooks/crm/disable')).json.disabled).toMatchObject({ reason: 'manual' })
    await post('/v1/events', completed('welcome'))
    expect(await emitter.deliveries.count({ state: 'pending' })).toBe(1)
    expect(receiver.requests).toEqual([])
    expect((await admin('POST', '/webhooks/crm/enable')).json).not.toHaveProperty('disabled')
    await receiver.arrived(1)
  })

  test('rotate their secret, and are tried with a sample', async () => {
    const { admin, receiver } = await startCompanion({ config: toCrm })
    expect((await admin('POST', '/webhooks/crm/rotate-secret')).json.secret).toMatch(/^whsec_/)
    receiver.script({ answer: { status: 418, body: 'short and stout' } })
    expect((await admin('POST', '/webhooks/crm/test')).json).toMatchObject({
      status: 418,
      answer: 'short and stout',
    })
    expect(receiver.requests[0]?.headers['webhook-signature']).toMatch(/^v1,/)
    expect((await admin('POST', '/webhooks/unknown/test')).status).toBe(404)
  })

  test('are probed for how a page may post to them', async () => {
    const { admin, receiver } = await startCompanion()
    const ask = async (body: object) =>
      (await admin('POST', '/probe', { url: receiver.url('/hook'), ...body })).json
    expect(await ask({ origin: 'https://www.example.com' })).toMatchObject({ transport: 'cors' })
    receiver.script({ cors: 'none' })
    expect(await ask({})).toMatchObject({ transport: 'simple' })
    expect(await ask({ headers: ['X-Team'] })).toMatchObject({ transport: 'relay' })
    expect(receiver.requests).toEqual([])

    await receiver.down()
    expect((await ask({})).error).toMatchObject({ code: 'no_answer', path: 'url' })
    expect((await ask({ url: 'ftp://example.com' })).error).toMatchObject({ code: 'invalid', path: 'url' })
    expect((await ask({ url: 'http://169.254.169.254/latest' })).error.code).toBe('no_answer')
  })
})

describe('deliveries', () => {
  test('are listed, newest first, by what is asked for, in pages', async () => {
    const { admin, post, receiver } = await startCompanion({ config: toCrm })
    for (const id of ['one', 'two', 'three']) await post('/v1/events', completed(id))
    await post('/v1/relay/chat', relayedOf({ userId: 'bob' }))
    await receiver.arrived(4)

    const first = await admin('GET', '/deliveries?limit=3')
    expect(first.json.deliveries).toHaveLength(3)
    const second = await admin('GET', `/deliveries?limit=3&cursor=${first.json.next}`)
    expect(second.json.deliveries).toHaveLength(1)
    expect(second.json).not.toHaveProperty('next')

    const count = async (query: string) => (await admin('GET', `/deliveries?${query}`)).json.deliveries.length
    expect(await count('webhook=crm')).toBe(3)
    expect(await count('event=trigger_event')).toBe(1)
    expect(await count('userId=bob')).toBe(1)
    expect(await count('since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z')).toBe(0)
    expect(await count(`until=${Date.now() + 60_000}`)).toBe(4)
  })

  test.each([
    'limit=0',
    'limit=501',
    'limit=x',
    'cursor=x',
    'state=lost',
    'event=x',
    'since=then',
    'surprise=1',
  ])('are not listed by %s', async query => {
    const { admin } = await startCompanion()
    const { status, json } = await admin('GET', `/deliveries?${query}`)
    expect({ status, code: json.error.code }).toEqual({ status: 422, code: 'invalid' })
  })

  test('show what was sent and how each attempt went', async () => {
    const { admin, post, receiver } = await startCompanion({ config: toCrm })
    receiver.script({ answer: { status: 202, body: 'thanks' } })
    await post('/v1/events', completed('welcome'))
    const [arrived] = await receiver.arrived(1)
    const id = arrived?.headers['webhook-id']
    const seen = await untilDelivered(() => admin('GET', `/deliveries/${id}`))
    expect(seen).toMatchObject({
      id,
      webhook: 'crm',
      state: 'delivered',
      message: { events: [{ name: 'tour_completed', id: 'welcome' }] },
      attempts: [{ status: 202, answer: 'thanks' }],
    })
    expect((await admin('GET', '/deliveries/msg_unknown')).status).toBe(404)
  })

  test('are sent again one by one, or all of a span of time, under their ids', async () => {
    const { admin, post, receiver } = await startCompanion({ config: toCrm })
    await post('/v1/events', completed('welcome'))
    const [first] = await receiver.arrived(1)
    const id = first?.headers['webhook-id']
    await untilDelivered(() => admin('GET', `/deliveries/${id}`))

    expect(await admin('POST', `/deliveries/${id}/resend`)).toMatchObject({ status: 202, json: { id } })
    expect((await receiver.arrived(2))[1]?.headers['webhook-id']).toBe(id)
    await untilDelivered(() => admin('GET', `/deliveries/${id}`))

    const span = { webhook: 'crm', since: '2020-01-01T00:00:00Z' }
    expect(await admin('POST', '/deliveries/replay', span)).toMatchObject({
      status: 202,
      json: { replayed: 1 },
    })
    expect((await receiver.arrived(3))[2]?.headers['webhook-id']).toBe(id)
    expect((await admin('POST', '/deliveries/msg_unknown/resend')).status).toBe(404)
    const { error } = (await admin('POST', '/deliveries/replay', { webhook: 'crm' })).json
    expect(error).toMatchObject({ code: 'invalid', path: 'since' })
    expect(error.message).toContain('2026-11-23T09:00:00Z')
  })

  test('have times in ISO 8601, and say in words when they are tried next', async () => {
    const { admin, post, receiver } = await startCompanion({ config: toCrm })
    receiver.script({ answer: { status: 503 } })
    await post('/v1/events', completed('welcome'))
    const listed = async () => (await admin('GET', '/deliveries')).json.deliveries[0]
    await expect.poll(async () => (await listed()).attempts).toHaveLength(1)
    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const delivery = await listed()
    expect(delivery).toMatchObject({
      state: 'pending',
      createdAt: iso,
      nextAttemptAt: iso,
      summary: expect.stringMatching(/^next try in \d seconds, after 1 attempt$/),
      attempts: [{ at: iso, status: 503 }],
    })
    expect(delivery).not.toHaveProperty('dueAt')
    expect((await admin('GET', `/deliveries/${delivery.id}?webhook=crm`)).json).toMatchObject({
      createdAt: iso,
    })
    expect((await admin('POST', '/webhooks/crm/disable')).json.disabled).toEqual({
      at: iso,
      reason: 'manual',
      words: 'by an administrator',
    })
    expect((await admin('GET', '/webhooks/crm')).json).toMatchObject({
      failingSince: iso,
      disabled: { at: iso },
    })
  })

  test('that wait are sent again at once, or canceled, by what is asked for', async () => {
    const { admin, post, receiver, emitter } = await startCompanion({ config: toCrm })
    receiver.script({ answer: { status: 503 } })
    for (const id of ['one', 'two']) await post('/v1/events', completed(id))
    await post('/v1/events', activityOf({ userId: 'bob', events: [{ name: 'tour_completed', id: 'three' }] }))
    await receiver.arrived(3)
    await expect.poll(async () => (await admin('GET', '/deliveries')).text).not.toContain('"attempts":[]')

    expect((await admin('POST', '/deliveries/cancel', {})).status).toBe(422)
    expect(await admin('POST', '/deliveries/cancel', { userId: 'bob' })).toMatchObject({
      status: 202,
      json: { canceled: 1 },
    })
    expect((await admin('GET', '/deliveries?userId=bob')).json.deliveries).toMatchObject([{ state: 'failed' }])

    receiver.script({ answer: { status: 200 } })
    const waiting = { webhook: 'crm', state: 'pending', userId: 'ada' }
    expect(await admin('POST', '/deliveries/replay', waiting)).toMatchObject({
      status: 202,
      json: { replayed: 2 },
    })
    await receiver.arrived(5)
    await expect.poll(() => emitter.deliveries.count({ state: 'delivered' })).toBe(2)
  })

  test('are not sent again to a webhook that is gone', async () => {
    const { admin, post, receiver, emitter } = await startCompanion()
    await admin('POST', '/webhooks', { id: 'new', url: receiver.url('/new'), events: ['tour_completed'] })
    await post('/v1/events', completed('welcome'))
    const [arrived] = await receiver.arrived(1)
    const id = arrived?.headers['webhook-id']
    await untilDelivered(() => admin('GET', `/deliveries/${id}`))
    await admin('DELETE', '/webhooks/new')
    const refusal = {
      status: 409,
      json: {
        error: { code: 'unknown_webhook', message: 'The webhook "new" is gone; nothing can be sent to it.' },
      },
    }
    expect(await admin('POST', `/deliveries/${id}/resend`)).toMatchObject(refusal)
    const span = { webhook: 'new', since: '2020-01-01T00:00:00Z' }
    expect(await admin('POST', '/deliveries/replay', span)).toMatchObject(refusal)
    expect(await emitter.deliveries.count({ state: 'pending' })).toBe(0)
  })
})

describe('for whoever watches', () => {
  test('healthz says whether the store answers, to anybody', async () => {
    const healthy = await startCompanion()
    expect(await healthy.page('GET', '/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } })

    const broken = await startCompanion({
      store: { ...memoryStore(), read: () => Promise.reject(new Error('SECRET: no such host')) },
    })
    const { status, text } = await broken.page('GET', '/healthz')
    expect(status).toBe(503)
    expect(text).not.toContain('SECRET')
    expect(broken.errors).toHaveLength(1)
  })

  test('metrics count requests, attempts and what became of deliveries', async () => {
    const { admin, post, receiver } = await startCompanion({ config: toCrm })
    await post('/v1/events', completed('welcome'))
    await post('/v1/events', '{')
    await post('/v1/relay/a"b', relayedOf())
    const [arrived] = await receiver.arrived(1)
    await untilDelivered(() => admin('GET', `/deliveries/${arrived?.headers['webhook-id']}`))

    const { status, text, headers } = await admin('GET', '/metrics')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('version=0.0.4')
    expect(text).toContain('# TYPE tourhook_requests_total counter\n')
    expect(text).toContain('tourhook_requests_total{route="/v1/events",status="202"} 1\n')
    expect(text).toContain('tourhook_requests_total{route="/v1/events",status="400"} 1\n')
    expect(text).toContain('tourhook_requests_total{route="/v1/relay/:webhook",status="404"} 1\n')
    expect(text).toContain('tourhook_attempts_total{webhook="crm",result="2xx"} 1\n')
    expect(text).toContain('tourhook_deliveries_total{webhook="crm",state="delivered"} 1\n')
    expect(text).toContain('tourhook_attempt_duration_seconds_bucket{le="+Inf"} 1\n')
    expect(text).toContain('tourhook_attempt_duration_seconds_count 1\n')
    expect(text).toContain('tourhook_deliveries_pending 0\n')
  })

  test('metrics of this process are there while the store is down, and say that it is', async () => {
    const memory = memoryStore()
    let isDown = false
    const store: Store = {
      ...memory,
      count: filter => (isDown ? Promise.reject(new Error('SECRET: no such host')) : memory.count(filter)),
    }
    const { admin, page } = await startCompanion({ store })
    expect((await admin('GET', '/metrics')).text).toContain('tourhook_store_up 1\n')
    isDown = true
    await page('GET', '/v1/nothing')
    const { status, text } = await admin('GET', '/metrics')
    expect(status).toBe(200)
    expect(text).toContain('tourhook_store_up 0\n')
    expect(text).toMatch(/tourhook_requests_total\{.*status="404"\} 1/)
    expect(text).not.toMatch(/^tourhook_deliveries_pending/m)
    expect(text).not.toContain('SECRET')
    isDown = false
    const back = await admin('GET', '/metrics')
    expect(back.text).toContain('tourhook_store_up 1\n')
    expect(back.text).toContain('tourhook_deliveries_pending 0\n')
  })

  test('metrics tell of an endpoint that is gone, and of what is still to be sent', async () => {
    const { admin, post, receiver } = await startCompanion({ config: toCrm })
    receiver.script({ answer: { status: 410 } })
    await post('/v1/events', completed('welcome'))
    await expect
      .poll(async () => (await admin('GET', '/metrics')).text)
      .toContain('tourhook_webhooks_disabled_total{webhook="crm",reason="gone"} 1\n')
    await post('/v1/events', completed('welcome'))

    const { text } = await admin('GET', '/metrics')
    expect(text).toContain('tourhook_attempts_total{webhook="crm",result="4xx"} 1\n')
    expect(text).toContain('tourhook_deliveries_total{webhook="crm",state="failed"} 1\n')
    expect(text).toContain('tourhook_deliveries_pending 1\n')
  })
})

/** The delivery, once it is logged as delivered, which is just after it has arrived. */
async function untilDelivered(ask: () => Promise<{ json: { state: string } }>): Promise<unknown> {
  for (;;) {
    const { json } = await ask()
    if (json.state === 'delivered') return json
    await new Promise(resolve => setImmediate(resolve))
  }
}
