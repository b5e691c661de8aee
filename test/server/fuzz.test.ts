import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter } from '../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../src/server/stores/memory/memory.ts'
import type { Store } from '../../src/server/stores/store.ts'
import { activityOf, adminToken, origin, relayedOf, startCompanion } from '../support/companion.ts'

const statuses = [200, 201, 202, 204, 302, 303, 304, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429]
const words = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '',
  '\u0000',
  '\ud800',
  'x'.repeat(300),
  '{id}',
)
const text = fc.oneof(fc.string({ unit: 'binary' }), words)
const json = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, 1e308),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map(entries => Object.fromEntries(entries)),
  ),
})).value

/** An address of nobody's (RFC 5737), which the guard refuses to call. */
const documentation = 'https://192.0.2.1/'

/** A right body in which something, somewhere, is replaced, added or gone. */
const bent = (right: () => object) =>
  fc.tuple(fc.nat(), fc.constantFrom('replace', 'add', 'remove'), text, json).map(([at, how, key, value]) => {
    const body = structuredClone(right())
    const places = objectsIn(body)
    const place = places[at % places.length] ?? {}
    const known = Object.keys(place)[at % Math.max(1, Object.keys(place).length)] ?? 'id'
    if (how === 'remove') Reflect.deleteProperty(place, known)
    // An array's length takes none but whole numbers, in JSON as well.
    else if (!Array.isArray(place) || (how === 'add' ? key : known) !== 'length')
      Object.defineProperty(place, how === 'add' ? key : known, { value, enumerable: true, configurable: true })
    return JSON.stringify(body)
  })

const activity = bent(() =>
  activityOf({ tags: { plan: 'pro' }, events: [{ name: 'tour_completed', id: 'a', answers: { x: 1 } }] }),
)
const relayed = fc.oneof(
  bent(() => relayedOf({}, { values: { said: 'hi', userId: 'ada' } })),
  bent(() => relayedOf({ data: { plan: 'pro' } }, { content: { text: 'hi' } })),
)
// Subscribed to what no activity here brings, or hundreds of them would be sent to at each.
const webhook = bent(() => ({ url: documentation, events: ['banner_closed'], headers: { a: 'b' } }))
const span = bent(() => ({ webhook: 'crm', since: '2026-11-23T09:00:00Z', state: 'failed', userId: 'ada' }))
const body = fc.oneof(
  activity,
  relayed,
  webhook,
  span,
  json.map(value => JSON.stringify(value) ?? ''),
  text,
)

const headerValue = fc.string({ unit: fc.constantFrom(...'aZ0 ,;=*"/\\:%[]{}()\t\u00ff') })
const strange = fc.dictionary(
  fc.constantFrom(
    'origin',
    'content-type',
    'content-length',
    'authorization',
    'if-none-match',
    'x-forwarded-for',
    'content-encoding',
    'access-control-request-headers',
    'cookie',
    'sec-fetch-site',
    'host',
  ),
  headerValue,
  { maxKeys: 2 },
)
const headers = fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, { arbitrary: strange, weight: 1 })
const path = fc.oneof(
  fc.constantFrom(
    '/v1/events',
    '/v1/relay/crm',
    '/v1/relay/__proto__',
    '/v1/relay/%E0%A4%A',
    '/v1/config.json',
    '/healthz',
    '/metrics',
    '/v1/edit/session',
    '/v1/edit/draft',
    '/v1/tourhook.edit.js',
    '/v1/admin/webhooks',
    '/v1/admin/webhooks/crm',
    '/v1/admin/webhooks/crm/disable',
    '/v1/admin/webhooks/crm/rotate-secret',
    '/v1/admin/webhooks/constructor/enable',
    '/v1/admin/deliveries',
    '/v1/admin/deliveries/replay',
    '/v1/admin/deliveries/__proto__/resend',
    '/v1/admin/deliveries/cancel',
    '/v1/admin/users/__proto__',
    '/v1/admin/users/%00',
    '/v1/admin/probe',
    '/console',
    '/console/',
    '/console/webhooks',
    '/console/webhooks/crm',
    '/console/deliveries',
    '/console/assets/__proto__',
  ),
  fc.string().map(segment => `/v1/${encodeURIComponent(segment)}`),
)
const query = fc.dictionary(
  fc.constantFrom('key', 'limit', 'cursor', 'since', 'until', 'state', 'userId', 'webhook', 'id', 'x'),
  fc.string(),
  { maxKeys: 3 },
)
const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'PUT', 'HEAD')

/** A request whose body is nearly right for its route, or one of anything to anywhere. */
const attack = fc.oneof(
  fc.tuple(fc.constant('POST'), fc.constant('/v1/events'), activity),
  fc.tuple(fc.constant('POST'), fc.constantFrom('/v1/relay/crm', '/v1/relay/chat', '/v1/relay/any'), relayed),
  fc.tuple(fc.constant('POST'), fc.constant('/v1/admin/deliveries/cancel'), span),
  fc.tuple(fc.constant('POST'), fc.constant('/v1/admin/webhooks'), webhook),
  fc.tuple(fc.constant('PATCH'), fc.constant('/v1/admin/webhooks/new'), webhook),
  fc.tuple(fc.constant('POST'), fc.constant('/v1/admin/deliveries/replay'), span),
  fc.tuple(method, path, body),
)

test('malformed requests over every route, ten thousand of them in CI, get nothing but a clear answer', async () => {
  const secret = `whsec_${'SECRET00'.repeat(4)}`
  const { companion, errors, emitter } = await startCompanion({
    config: () => ({
      webhooks: [
        {
          id: 'crm',
          url: `${documentation}SECRET`,
          headers: { 'X-Key': 'SECRET' },
          data: { plan: { tag: 'plan' } },
        },
        { id: 'chat', url: `${documentation}SECRET`, body: { text: '{said} {userId}' }, secret },
        { id: 'any', url: documentation, auth: { username: 'u', password: 'SECRET' }, anyData: true },
      ],
      tours: [{ id: 'a' }],
      checklists: [{ id: 'list', items: [{ id: 'item', tour: 'a' }] }],
    }),
    rateLimit: { client: { perSecond: 1e6, burst: 1e6 }, site: { perSecond: 1e6, burst: 1e6 } },
  })
  for (const id of ['crm', 'chat', 'any']) await emitter.webhooks.disable(id)
  await emitter.webhooks.create({ id: 'new', url: `${documentation}SECRET`, headers: { 'X-Key': 'SECRET' } })
  const usual = { origin, 'content-type': 'application/json', authorization: `Bearer ${adminToken}` }
  let client = 0
  await fc.assert(
    fc.asyncProperty(attack, query, headers, async ([method, path, body], query, headers) => {
      const request = new Request(`http://companion.test${path}?${new URLSearchParams(query)}`, {
        method,
        headers: { ...usual, ...headers },
        ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
      })
      // Each is another client: who is wrong too often is not listened to.
      client += 1
      const remoteAddress = `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`
      const response = await companion.fetch(request, { incoming: { socket: { remoteAddress } } })
      const answer = await response.text()
      expect(errors).toEqual([])
      expect(statuses).toContain(response.status)
      expect(answer).not.toMatch(/SECRET|^ {4}at /m)
      if (response.status < 400 || method === 'HEAD' || path.startsWith('/console')) return
      const { error } = JSON.parse(answer)
      expect(error).toMatchObject({
        code: expect.stringMatching(/^[a-z_]+$/),
        message: expect.stringMatching(/./),
      })
    }),
    { numRuns: process.env.CI ? 10_000 : 2_000 },
  )
}, 120_000)

test('an activity is kept whole or not at all', async () => {
  const { store, writes } = recording(memoryStore())
  const emitter = createEmitter({ store })
  const companion = createCompanion({ emitter, config: {}, allowedOrigins: [origin] })
  const post = (body: string) =>
    companion.fetch(
      new Request('http://companion.test/v1/events', {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body,
      }),
    )
  const right = () => activityOf({ tags: { plan: 'pro' }, events: [{ name: 'banner_seen', id: 'news' }] })
  await fc.assert(
    fc.asyncProperty(bent(right), async body => {
      const before = writes.length
      const { status } = await post(body)
      expect([202, 400, 422]).toContain(status)
      expect(writes.length - before).toBe(status === 202 ? 1 : 0)
    }),
    { numRuns: 1_000 },
  )
  await emitter.close()
}, 120_000)

test('a config is accepted, or refused with the path of each problem: nothing else comes of it', async () => {
  const config = {
    webhooks: [{ id: 'crm', url: 'https://example.com', headers: { a: 'b' }, data: { plan: { tag: 'plan' } } }],
    tours: [{ id: 'a', steps: [{ id: 's', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm' } }] }],
    checklists: [{ id: 'c', items: [{ id: 'i', tour: 'a' }] }],
    segments: [{ id: 'p', tags: { plan: { is: 'pro' } }, completed: ['a'] }],
  }
  const emitter = createEmitter()
  fc.assert(
    fc.property(
      fc.oneof(
        bent(() => config),
        json.map(value => JSON.stringify(value) ?? 'null'),
      ),
      text => {
        try {
          createCompanion({ emitter, config: JSON.parse(text), allowedOrigins: [origin] })
        } catch (error) {
          expect(error).toMatchObject({
            name: 'ConfigError',
            problems: expect.arrayContaining([expect.anything()]),
          })
        }
      },
    ),
    { numRuns: 1_000 },
  )
  await emitter.close()
}, 120_000)

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}

/** A store that lists what it was asked to write. */
function recording(store: Store): { store: Store; writes: string[] } {
  const writes: string[] = []
  return {
    writes,
    store: {
      ...store,
      apply(change) {
        writes.push(change.key)
        return store.apply(change)
      },
    },
  }
}
