import fc from 'fast-check'
import { expect, it } from 'vitest'
import { origin } from '../../../support/companion.ts'
import { startOnPage } from '../../../support/on-page.ts'

const statuses = [200, 204, 400, 401, 403, 404, 405, 409, 413, 415, 422]
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
    { maxDepth: 5 },
    fc.constantFrom(null, true, 0, -1, 1.5, 1e308),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map(entries => Object.fromEntries(entries)),
  ),
})).value

const right = () => ({
  rev: 2,
  draft: {
    id: 'crew-welcome',
    name: 'Crew',
    start: { url: '/projects/*', tags: { plan: { is: 'pro' } } },
    steps: [
      {
        id: 'hello',
        type: 'modal',
        title: 'Hi',
        fields: [{ name: 'role', type: 'select', options: ['a', 'b'] }],
      },
      { id: 'pointer', type: 'pointer', element: '#new' },
      {
        id: 'send',
        type: 'trigger',
        trigger: { type: 'webhook', webhook: 'crm', data: { role: { answer: 'role' } } },
      },
    ],
    triggers: [{ on: 'closed', trigger: { type: 'webhook', webhook: 'crm' } }],
  },
})

/** The right body, in which something, somewhere, is replaced, added or gone. */
const bent = fc
  .tuple(fc.nat(), fc.nat(), fc.constantFrom('replace', 'add', 'remove'), text, json)
  .map(([at, key, how, name, value]) => {
    const body = right()
    const places = objectsIn(body)
    const place = places[at % places.length] ?? {}
    const keys = Object.keys(place)
    const known = keys[key % Math.max(1, keys.length)] ?? 'id'
    const changed = how === 'add' && !Array.isArray(place) ? name : known
    if (how === 'remove') Reflect.deleteProperty(place, known)
    else Object.defineProperty(place, changed, { value, enumerable: true, configurable: true, writable: true })
    return JSON.stringify(body)
  })
const body = fc.oneof(
  { arbitrary: bent, weight: 4 },
  json.map(value => JSON.stringify({ rev: 2, draft: value })),
  json.map(value => JSON.stringify({ code: value })),
  json.map(value => JSON.stringify(value) ?? ''),
  text,
)
const method = fc.constantFrom('GET', 'PUT', 'PUT', 'PUT', 'POST', 'PATCH', 'OPTIONS', 'HEAD')
const path = fc.constantFrom(
  '/v1/edit/draft',
  '/v1/edit/draft',
  '/v1/edit/session',
  '/v1/edit/',
  '/v1/edit/%00',
)
const headers = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  fc.dictionary(
    fc.constantFrom('origin', 'content-type', 'authorization', 'sec-fetch-site', 'x-forwarded-host', 'host'),
    fc.string({ unit: fc.constantFrom(...'aZ0 ,;=*"/\\:%[]{}()\t\u00ff') }),
    { maxKeys: 2 },
  ),
)

it('answers malformed requests clearly, keeps nothing that is no tour, and shows no secret', async () => {
  const { open, companion, errors, emitter, owner } = await startOnPage({
    config: url => ({
      webhooks: [
        { id: 'crm', url: url('/SECRET'), headers: { 'X-Key': 'SECRET' }, events: ['tour_completed'] },
      ],
    }),
    rateLimit: { client: { perSecond: 1e6, burst: 1e6 }, site: { perSecond: 1e6, burst: 1e6 } },
  })
  const { token, draft } = await open()
  const usual = { origin, 'content-type': 'application/json', authorization: `Bearer ${token}` }
  await fc.assert(
    fc.asyncProperty(method, path, body, headers, async (method, path, body, headers) => {
      const response = await companion.fetch(
        new Request(`http://companion.test${path}`, {
          method,
          headers: { ...usual, ...headers },
          ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
        }),
      )
      const answer = await response.text()
      expect(errors).toEqual([])
      expect(statuses).toContain(response.status)
      expect(answer).not.toMatch(/SECRET|^ {4}at /m)
      if (response.status < 400 || method === 'HEAD') return
      expect(JSON.parse(answer).error).toMatchObject({
        code: expect.stringMatching(/^[a-z_]+$/),
        message: expect.stringMatching(/./),
      })
    }),
    { numRuns: process.env.CI ? 5_000 : 1_000 },
  )
  expect((await draft()).status).toBe(200)
  expect((await emitter.console.documents()).map(({ id }) => id)).toEqual(['crew-welcome'])
  for (const page of ['tours', 'tours/crew-welcome', 'tours/crew-welcome/json', 'publish']) {
    expect((await owner.get(page)).status).toBe(200)
  }
}, 60_000)

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}
