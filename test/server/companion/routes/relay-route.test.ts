import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { relayedOf, startCompanion } from '../../../support/companion.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

test('a message reaches the real address with everything that the page does not know', async () => {
  const { post, receiver } = await startCompanion({
    config: url => ({
      webhooks: [
        {
          id: 'crm',
          name: 'CRM lead',
          url: url('/lead'),
          query: { source: 'tour' },
          headers: { 'X-Team': 'growth' },
          auth: { username: 'u', password: 'p' },
          secret,
        },
      ],
    }),
  })
  const body = relayedOf({ name: 'Whatever the visitor says' })
  const { status, json } = await post('/v1/relay/crm', body)
  expect({ status, json }).toEqual({ status: 202, json: { id: body.message.id } })

  const [arrived] = await receiver.arrived(1)
  expect(arrived).toMatchObject({
    method: 'POST',
    path: '/lead',
    query: { source: 'tour' },
    headers: { 'x-team': 'growth', authorization: `Basic ${btoa('u:p')}`, 'webhook-id': body.message.id },
    json: { ...body.message, name: 'CRM lead' },
  })
  const { body: text = '', headers = {} } = arrived ?? {}
  expect(() => new Webhook(secret).verify(text, headers as Record<string, string>)).not.toThrow()
})

test('a page can put nothing in the place of the signed envelope', async () => {
  const { post, receiver } = await startCompanion({
    config: url => ({ webhooks: [{ id: 'crm', name: 'CRM lead', url: url('/lead'), secret }] }),
  })
  const body = relayedOf({ userId: null })
  await post('/v1/relay/crm', { ...body, content: { ...body.message, name: 'forged', userId: 'victim' } })
  const [arrived] = await receiver.arrived(1)
  expect(arrived?.json).toMatchObject({ name: 'CRM lead', userId: null })
})

test('the endpoint gets a message once, however often the browser sends it', async () => {
  const { post, receiver, emitter } = await startCompanion({
    config: url => ({ webhooks: [{ id: 'crm', url: url('/lead') }] }),
  })
  const body = relayedOf()
  await Promise.all([post('/v1/relay/crm', body), post('/v1/relay/crm', body)])
  await receiver.arrived(1)
  // What a page that left mid-request sends on the next one.
  expect((await post('/v1/relay/crm', body)).status).toBe(202)
  await post('/v1/relay/crm', relayedOf({ data: { last: true } }))
  const arrived = await receiver.arrived(2)
  expect(arrived.map(({ headers }) => headers['webhook-id'])).toHaveLength(2)
  expect(await emitter.deliveries.count()).toBe(2)
})

test('a webhook gets the bare data, a filled template, or the data as parameters, as its config says', async () => {
  const { post, receiver } = await startCompanion({
    config: url => ({
      webhooks: [
        { id: 'bare', url: url('/bare'), body: 'data' },
        { id: 'chat', url: url('/chat'), body: { text: '{role} is done' } },
        { id: 'pixel', url: url('/pixel'), method: 'GET' },
      ],
    }),
  })
  await post('/v1/relay/bare', relayedOf())
  await post('/v1/relay/chat', relayedOf({}, { content: { text: 'Developer is done' } }))
  await post('/v1/relay/pixel', relayedOf())
  await receiver.arrived(3)
  const at = (path: string) => receiver.requests.find(request => request.path === path)
  expect(at('/bare')?.json).toEqual({ email: 'ada@example.com' })
  expect(at('/chat')?.json).toEqual({ text: 'Developer is done' })
  expect(at('/pixel')).toMatchObject({ method: 'GET', query: { email: 'ada@example.com' } })
})

test('a page reaches no webhook that is there for the server alone', async () => {
  const { post, emitter } = await startCompanion({
    config: url => ({ webhooks: [{ id: 'billing', url: url('/billing'), events: ['tour_completed'] }] }),
  })
  for (const id of ['billing', 'unknown', '__proto__', 'constructor', '%E0%A4%A', '']) {
    const { status, json } = await post(`/v1/relay/${id}`, relayedOf())
    expect({ id, status }).toEqual({ id, status: 404 })
    expect(json.error.code).toMatch(/^(unknown_webhook|not_found)$/)
  }
  expect(await emitter.deliveries.count()).toBe(0)
})

test('a webhook that is made at run time can be relayed to at once, unless it has subscriptions', async () => {
  const { post, receiver, emitter } = await startCompanion()
  await emitter.webhooks.create({ id: 'new', url: receiver.url('/new') })
  await emitter.webhooks.create({ id: 'server', url: receiver.url('/server'), events: ['tour_completed'] })
  expect((await post('/v1/relay/new', relayedOf())).status).toBe(202)
  expect((await post('/v1/relay/server', relayedOf())).status).toBe(404)
  const [arrived] = await receiver.arrived(1)
  expect(arrived?.path).toBe('/new')
})
