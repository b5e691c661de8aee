import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { createRedact } from '../../../src/server/webhooks/redact.ts'

/** Answers with the request, as debug pages do, each time in another way. */
const ways = [
  (told: string) => told,
  (told: string) => JSON.stringify({ request: told }),
  (told: string) => JSON.stringify({ request: told }).replaceAll('/', '\\/'),
  (told: string) =>
    `<pre>${told.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}</pre>`,
  (told: string) => encodeURIComponent(told),
]
const server = createServer(async (request, response) => {
  const body = await text(request)
  const headers = Object.entries(request.headers).map(entry => entry.join(': '))
  const told = [request.method, request.url, ...headers, body].join('\n')
  response.writeHead(500).end(ways[Number(request.headers['x-way'])]?.(told))
})
let origin = ''

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const password = 'pa"ss/w&rd<1>'
const secrets = [
  'path-SECRET',
  'T0SECRET00',
  'QRY+SECRET/x==',
  encodeURIComponent('QRY+SECRET/x=='),
  'URL%20SECRET~',
  'URL SECRET~',
  'HDR"SECRET',
  'user-SECRET',
  password,
  Buffer.from(`user-SECRET:${password}`).toString('base64'),
  'v1,',
]

it.each(ways.map((_, index) => index))(
  'keeps the secrets of a webhook out of the log when its endpoint answers with the request: way %i',
  async way => {
    const emitter = createEmitter({
      allowNetworks: ['127.0.0.0/8'],
      webhooks: [
        {
          id: 'crm',
          url: `${origin}/services/T0SECRET00/path-SECRET?key=URL%20SECRET~`,
          query: { token: 'QRY+SECRET/x==' },
          headers: { 'X-Api-Key': 'HDR"SECRET', 'X-Way': String(way) },
          auth: { username: 'user-SECRET', password },
          secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
          events: ['tour_completed'],
        },
      ],
    })
    const { answer = '', status } = await emitter.webhooks.test('crm')
    await emitter.close()
    expect(status).toBe(500)
    expect(answer).toContain('•••')
    for (const secret of secrets) expect(answer).not.toContain(secret)
    expect(answer).not.toContain('SECRET')
    // What is no secret stays to be read.
    expect(answer).toMatch(/webhook-id|webhook%2Did/)
  },
)

const webhook = { id: 'crm', url: 'https://crm.example/', headers: { 'X-Key': 'a-very-long-secret' } }

it('leaves no beginning of a secret where an answer is cut', () => {
  const redact = createRedact()
  expect(redact('it was a-very-lo', webhook, { isCut: true })).toBe('it was •••')
  expect(redact('it was a-very-lo', webhook, { isCut: false })).toBe('it was a-very-lo')
})

it('leaves an answer alone that says nothing secret', () => {
  const redact = createRedact()
  for (const answer of ['', 'ok', '{"ok":true}', 'a'])
    expect(redact(answer, webhook, { isCut: false })).toBe(answer)
})
