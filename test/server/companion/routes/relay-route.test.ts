import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { userHashOf } from '../../../../src/server/user-hash.ts'
import type { Json } from '../../../../src/values/json.ts'
import { messageId, relayedOf, startCompanion } from '../../../support/companion.ts'
import { handWoundClock } from '../../support/clock.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
/** What `relayedOf` brings. */
const data = { email: { tag: 'email' } } as const

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
          data,
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
    config: url => ({ webhooks: [{ id: 'crm', url: url('/lead'), data: { last: { tag: 'last' } } }] }),
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

test('an id that is taken by a message with other content is a conflict, and what came first is sent', async () => {
  const clock = handWoundClock(Date.parse('2026-11-23T08:00:00.000Z'))
  const { post, receiver, emitter } = await startCompanion({
    config: url => ({
      webhooks: [
        { id: 'crm', url: url('/lead'), data },
        { id: 'chat', url: url('/chat'), body: { text: '{said}' } },
      ],
    }),
    clock,
  })
  const body = relayedOf()
  expect((await post('/v1/relay/crm', body)).status).toBe(202)
  // The visitor's clock is ahead of ours, which goes on: a retry is the same message all the same.
  clock.wind(1_000)
  expect((await post('/v1/relay/crm', body)).status).toBe(202)
  for (const change of [
    { data: { email: 'bob@example.com' } },
    { userId: 'bob' },
    { userId: null },
    { events: [] },
  ]) {
    const other = { ...body, message: { ...body.message, ...change } }
    const { status, json } = await post('/v1/relay/crm', other)
    expect({ status, error: json.error }).toMatchObject({
      status: 409,
      error: { code: 'taken', path: 'message.id' },
    })
  }

  // Another webhook gets a message of its own under the id.
  expect((await post('/v1/relay/chat', { ...body, values: { said: 'hi' } })).status).toBe(202)
  expect((await post('/v1/relay/chat', { ...body, values: { said: 'hi' } })).status).toBe(202)
  expect((await post('/v1/relay/chat', { ...body, values: { said: 'forged' } })).status).toBe(409)
  const arrived = await receiver.arrived(2)
  expect(arrived.map(({ path, body }) => `${path} ${body}`).sort()).toEqual([
    '/chat {"text":"hi"}',
    expect.stringContaining('ada@example.com'),
  ])
  expect(await emitter.deliveries.count()).toBe(2)
})

test('a webhook gets the bare data, a filled template, or the data as parameters, as its config says', async () => {
  const { post, receiver } = await startCompanion({
    config: url => ({
      webhooks: [
        { id: 'bare', url: url('/bare'), data, body: 'data' },
        { id: 'chat', url: url('/chat'), body: { text: '{role} is done' } },
        { id: 'pixel', url: url('/pixel'), data, method: 'GET' },
      ],
    }),
  })
  await post('/v1/relay/bare', relayedOf())
  await post('/v1/relay/chat', relayedOf({}, { values: { role: 'Developer' } }))
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

describe('a page gives values, never structure', () => {
  const graphql = {
    query: 'mutation($e: String!) { addLead(email: $e) }',
    variables: { e: '{email}', score: '{score}' },
  }

  test('the template is filled by the companion, and a value keeps its type', async () => {
    const { post, receiver } = await startCompanion({
      config: url => ({ webhooks: [{ id: 'api', url: url('/api'), body: graphql }] }),
    })
    await post(
      '/v1/relay/api',
      relayedOf({}, { values: { email: 'ada@example.com', score: 9, query: 'forged' } }),
    )
    await post('/v1/relay/api', relayedOf({}, { values: {} }))
    const [first, second] = await receiver.arrived(2)
    expect(first?.json).toEqual({ ...graphql, variables: { e: 'ada@example.com', score: 9 } })
    expect(second?.json).toEqual({ ...graphql, variables: {} })
  })

  test('a filled template of an older page is taken where it is the template, and refused where it is not', async () => {
    const { post, receiver, emitter } = await startCompanion({
      config: url => ({ webhooks: [{ id: 'api', url: url('/api'), body: graphql }] }),
    })
    const right = { ...graphql, variables: { e: 'ada@example.com' } }
    expect((await post('/v1/relay/api', relayedOf({}, { content: right }))).status).toBe(202)
    expect((await receiver.arrived(1))[0]?.json).toEqual(right)

    for (const content of [
      { ...right, query: 'mutation { deleteAllContacts }' },
      { ...right, more: 1 },
      'text',
      7,
      [],
      true,
    ]) {
      const { status, json } = await post('/v1/relay/api', relayedOf({}, { content }))
      expect({ content, status, error: json.error }).toMatchObject({ status: 422, error: { path: 'content' } })
    }
    expect(await emitter.deliveries.count()).toBe(1)
  })

  test('of the data it takes what the config names: by the webhook, or by a trigger to it', async () => {
    const { post, receiver } = await startCompanion({
      config: url => ({
        webhooks: [{ id: 'crm', url: url('/crm'), data: { plan: { tag: 'plan' } } }],
        tours: [
          {
            id: 'welcome',
            steps: [
              {
                id: 'send',
                type: 'trigger',
                trigger: {
                  type: 'webhook',
                  webhook: 'crm',
                  data: { email: { tag: 'email' }, campaign: { value: 'spring' } },
                },
              },
            ],
            triggers: [
              {
                on: 'closed',
                trigger: {
                  type: 'webhook',
                  webhook: 'crm',
                  data: { why: { answer: 'why' }, outcome: { value: 'closed' } },
                },
              },
              {
                on: 'completed',
                trigger: { type: 'webhook', webhook: 'crm', data: { outcome: { value: 'completed' } } },
              },
            ],
          },
        ],
      }),
    })
    const event = { name: 'trigger_event', id: 'welcome', step: 'send' }
    const forged = { plan: 'pro', email: 'ada@example.com', isAdmin: true, campaign: 'forged' }
    await post('/v1/relay/crm', relayedOf({ data: forged }))
    await post(
      '/v1/relay/crm',
      relayedOf({ events: [{ ...event, on: 'closed' }], data: { why: 'slow', outcome: 'forged' } }),
    )
    await post('/v1/relay/crm', relayedOf({ events: [{ ...event, on: 'completed' }], data: {} }))
    await post('/v1/relay/crm', relayedOf({ events: [], data: { outcome: 'forged', campaign: 'spring' } }))
    const arrived = await receiver.arrived(4)
    expect(arrived.map(({ json }) => (json as { data: object }).data)).toEqual([
      { plan: 'pro', email: 'ada@example.com', campaign: 'spring' },
      { why: 'slow', outcome: 'closed' },
      { outcome: 'completed' },
      { campaign: 'spring' },
    ])
  })

  test('a webhook with "anyData" takes further keys, and its own constants stay', async () => {
    const { post, receiver } = await startCompanion({
      config: url => ({
        webhooks: [
          {
            id: 'crm',
            url: url('/crm'),
            anyData: true,
            data: { source: { value: 'tour' }, user: { tag: 'userId' } },
          },
        ],
      }),
    })
    await post('/v1/relay/crm', relayedOf({ data: { source: 'forged', user: 'victim', cart: [1, 2] } }))
    const [arrived] = await receiver.arrived(1)
    expect(arrived?.json).toMatchObject({ data: { source: 'tour', user: 'ada', cart: [1, 2] } })
  })

  test('a GET carries no parameter that the config does not name', async () => {
    const { post, receiver } = await startCompanion({
      config: url => ({
        webhooks: [
          {
            id: 'pixel',
            url: url('/pixel?site=1'),
            method: 'GET',
            data: { ...data, site: { tag: 'site' } },
            query: { key: 'k' },
          },
          {
            id: 'filled',
            url: url('/filled'),
            method: 'GET',
            body: { who: '{userId}', fixed: 'one', said: '{said}' },
          },
        ],
      }),
    })
    const body = relayedOf({ data: { email: 'a@b.c', all: 1, id: 42, key: 'forged', site: 'forged' } })
    await post('/v1/relay/pixel', body)
    await post(
      '/v1/relay/filled',
      relayedOf({ data: { fixed: 'two' } }, { values: { said: 'hi', userId: 'victim', fixed: 'two' } }),
    )
    await receiver.arrived(2)
    const query = (path: string) => receiver.requests.find(request => request.path === path)?.query
    expect(query('/pixel')).toEqual({ site: '1', key: 'k', email: 'a@b.c', messageId: body.message.id })
    expect(query('/filled')).toEqual({ who: 'ada', fixed: 'one', said: 'hi' })
  })
})

describe('with a user hash demanded', () => {
  const userHashSecret = 'known to the site only'

  test.each([
    ['nobody', { userId: null }, {}, undefined],
    ['another', { userId: 'ada' }, { userHash: userHashOf('ada', userHashSecret) }, 'ada'],
  ])('%s can not pass for a victim by a value, a tag or a key', async (_, who, hash, expected) => {
    const { post, receiver } = await startCompanion({
      userHashSecret,
      config: url => ({
        webhooks: [
          {
            id: 'template',
            url: url('/template'),
            body: { user: '{userId}', tag: '{tag.userId}', by: '{who}', text: 'by {userId}' },
            data: { who: { tag: 'userId' } },
          },
          { id: 'data', url: url('/data'), data: { who: { tag: 'userId' } }, anyData: true },
        ],
      }),
    })
    const claims = { userId: 'victim', 'tag.userId': 'victim', who: 'victim' }
    const sent = { ...who, data: { ...claims, userId: 'victim' } }
    expect(
      (await post('/v1/relay/template', relayedOf({ ...sent, data: claims }, { ...hash, values: claims })))
        .status,
    ).toBe(202)
    expect((await post('/v1/relay/data', relayedOf({ ...who, data: { who: 'victim' } }, hash))).status).toBe(
      202,
    )
    const content = { user: 'victim', tag: 'victim', by: 'victim', text: 'by victim' }
    expect((await post('/v1/relay/template', relayedOf(sent, { ...hash, content }))).status).toBe(422)
    const arrived = await receiver.arrived(2)
    expect(arrived.map(({ body }) => body).join()).not.toContain('victim')
    const [template] = arrived.filter(({ path }) => path === '/template')
    expect(template?.json).toEqual(
      expected === undefined
        ? { text: 'by ' }
        : { user: expected, tag: expected, by: expected, text: `by ${expected}` },
    )
  })
})

test('nothing relayed has happened later than now', async () => {
  const { post, receiver } = await startCompanion({
    config: url => ({ webhooks: [{ id: 'crm', url: url('/lead') }] }),
    clock: handWoundClock(Date.parse('2026-11-23T10:00:00.000Z')),
  })
  await post('/v1/relay/crm', relayedOf({ timestamp: '9999-12-31T23:59:59.000Z' }))
  await post('/v1/relay/crm', relayedOf())
  const arrived = await receiver.arrived(2)
  expect(arrived.map(({ json }) => (json as { timestamp: string }).timestamp)).toEqual([
    '2026-11-23T10:00:00.000Z',
    '2026-11-23T09:00:00.000Z',
  ])
})

test('no request changes a fixed part, adds a key, or speaks for another user', async () => {
  const body = {
    do: 'add',
    by: '{userId}',
    to: ['fixed', '{email}', { note: 'from {email}', by: '{who}' }],
    n: 1,
  }
  const { post, emitter } = await startCompanion({
    userHashSecret: 'known to the site only',
    rateLimit: { client: { perSecond: 1e6, burst: 1e6 }, site: { perSecond: 1e6, burst: 1e6 } },
    config: url => {
      const named = { ...data, who: { tag: 'userId' }, source: { value: 'tour' } } as const
      return {
        webhooks: [
          { id: 'template', url: url('/'), data: named, body },
          { id: 'envelope', url: url('/'), data: named },
          { id: 'get', url: url('/'), data: named, method: 'GET', body: 'data' },
        ],
      }
    },
  })
  const hash = userHashOf('ada', 'known to the site only')
  const word = fc.constantFrom(
    'userId',
    'who',
    'email',
    'source',
    'do',
    'by',
    'to',
    'n',
    '__proto__',
    'tag.userId',
    'victim',
  )
  const { json } = fc.letrec<{ json: Json }>(tie => ({
    json: fc.oneof(
      { maxDepth: 2 },
      fc.constant<Json>('victim'),
      fc.constantFrom<Json>(null, 1, true, body),
      fc.dictionary(word, tie('json'), { maxKeys: 4 }),
      fc.array(tie('json'), { maxLength: 3 }),
    ),
  }))
  const values = fc.dictionary(word, json, { maxKeys: 6 })
  const event = fc.record(
    { name: fc.constant('trigger_event'), id: word, step: word },
    { requiredKeys: ['name'] },
  )
  const request = fc.record({
    webhook: fc.constantFrom('template', 'envelope', 'get'),
    isAda: fc.boolean(),
    data: values,
    values: fc.option(values, { nil: undefined }),
    content: fc.option(fc.oneof(json, values), { nil: undefined }),
    events: fc.array(event, { maxLength: 1 }),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ webhook, isAda, data, values, content, events }) => {
      const userId = isAda ? 'ada' : null
      const id = messageId()
      const message = { id, userId, data, events, name: 'victim' }
      const { status } = await post(
        `/v1/relay/${webhook}`,
        relayedOf(message, { values, content, ...(isAda && { userHash: hash }) }),
      )
      expect([202, 422]).toContain(status)
      const kept = await emitter.deliveries.get(id)
      if (status === 422) {
        expect(kept).toBeUndefined()
        return
      }
      if (!kept) throw new Error('was not kept')

      const email = 'email' in data ? { email: data.email } : {}
      const who = isAda ? { who: 'ada' } : {}
      expect(kept.message).toMatchObject({ name: webhook, userId })
      expect(kept.message.data).toEqual({ ...email, ...who, source: 'tour' })
      if (webhook !== 'template') {
        expect(kept.content).toBeUndefined()
        return
      }
      const sent = kept.content as { to: Json[] }
      const by = isAda ? { by: 'ada' } : {}
      expect(sent).toEqual({ do: 'add', ...by, to: sent.to, n: 1 })
      expect(sent.to[0]).toBe('fixed')
      expect([2, 3]).toContain(sent.to.length)
      const last = sent.to.at(-1) as { note: string }
      expect(last).toEqual({ note: expect.stringMatching(/^from /), ...by })
    }),
    { numRuns: 400 },
  )
}, 60_000)
