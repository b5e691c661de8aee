import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEmitter, type Emitter } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { createReceiver, type ReceivedRequest, type Receiver } from '../../support/receiver.ts'
import { heard, woundEmitter } from '../support/emitter.ts'
import { secret, tourCompleted, webhookTo } from '../support/webhook.ts'

const hour = 60 * 60 * 1000

let receiver: Receiver
let emitter: Emitter
let wind: (ms: number) => void

beforeAll(async () => {
  receiver = await createReceiver()
})
beforeEach(() => {
  const wound = woundEmitter({ webhooks: [webhookTo(receiver.url(), { events: ['banner_seen'] })] })
  emitter = wound.emitter
  wind = wound.clock.wind
})
afterEach(async () => {
  await emitter.close()
  receiver.clear()
  receiver.script({ cors: 'full', answers: [] })
})
afterAll(() => receiver.close())

const secretive = () => ({
  name: 'Leads',
  url: receiver.url('/path-that-is-a-password?key=query-that-is-one'),
  headers: { 'X-Key': 'header-that-is-a-password' },
  auth: { username: 'user-name', password: 'pass-word' },
  query: { token: 'parameter-that-is-a-password' },
  events: ['tour_completed' as const],
})
const secrets = /that-is|pass-word|user-name|whsec_/

/** As Standard Webhooks' own library, at the time of the attempt. */
function verifies(key: string, { body, headers }: ReceivedRequest): boolean {
  const verifier = new Verifier(key)
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  const expected = verifier.sign(String(headers['webhook-id']), at, body)
  return String(headers['webhook-signature']).split(' ').includes(expected)
}

describe('webhooks', () => {
  it('are made at run time, and sent what they ask for', async () => {
    const { webhook, secret } = await emitter.webhooks.create(secretive())
    expect(webhook).toMatchObject({ name: 'Leads', source: 'runtime', signed: true, headerNames: ['X-Key'] })
    expect(webhook.endpoint).toBe(new URL(receiver.url()).origin)
    await emitter.emit(tourCompleted)
    const [request] = await receiver.arrived(1)
    expect(request && verifies(secret, request)).toBe(true)
    expect(request).toMatchObject({
      path: '/path-that-is-a-password',
      headers: { 'x-key': 'header-that-is-a-password' },
    })
  })

  it('show no secret, neither theirs nor of their address, once they are made', async () => {
    await emitter.webhooks.create({ ...secretive(), id: 'leads' })
    const shown = [
      await emitter.webhooks.list(),
      await emitter.webhooks.get('leads'),
      await emitter.webhooks.update('leads', { name: 'Better leads' }),
      await emitter.webhooks.disable('leads'),
      await emitter.webhooks.enable('leads'),
    ]
    expect(JSON.stringify(shown)).not.toMatch(secrets)
    receiver.script({ answers: ['drop', { status: 500 }] })
    expect(JSON.stringify(await emitter.webhooks.test('leads'))).not.toMatch(secrets)
    const attempts = heard(emitter, 'attempt')
    const [id = ''] = await emitter.emit(tourCompleted)
    await attempts.reaches(1)
    expect(JSON.stringify([attempts.events, await emitter.deliveries.get(id)])).not.toMatch(secrets)
    const errors = [
      await emitter.webhooks.create({ ...secretive(), id: 'leads' }).catch(String),
      await emitter.webhooks
        .create({ ...secretive(), url: 'http://elsewhere/path-that-is-a-password' })
        .catch(String),
    ]
    expect(errors.join()).toMatch(/There is a webhook "leads" already.*expected https/s)
    expect(errors.join()).not.toMatch(secrets)
  })

  it('are changed, and lose what is set to undefined', async () => {
    await emitter.webhooks.create({ ...secretive(), id: 'leads' })
    const updated = await emitter.webhooks.update('leads', {
      headers: undefined,
      auth: undefined,
      contents: ['welcome'],
    })
    expect(updated).toMatchObject({ headerNames: [], contents: ['welcome'], name: 'Leads' })
    await expect(emitter.webhooks.update('leads', { concurrency: -1 })).rejects.toThrow('concurrency')
    expect(await emitter.emit({ ...tourCompleted, id: 'other' })).toEqual([])
  })

  it('are tested with an event such as they are sent at', async () => {
    const events = ['checklist_item_completed' as const]
    const data = { checklist: { answer: 'checklist' } }
    await emitter.webhooks.create({
      id: 'leads',
      url: receiver.url('/leads'),
      events,
      contents: ['start'],
      data,
    })
    await emitter.webhooks.test('leads')
    expect(JSON.parse(receiver.requests[0]?.body ?? '')).toMatchObject({
      events: [{ name: 'checklist_item_completed', id: 'first' }],
      data: { checklist: 'start' },
    })
  })

  it('that move to another origin take nothing secret along, and get a new secret', async () => {
    const { secret: old } = await emitter.webhooks.create({ ...secretive(), id: 'leads' })
    const elsewhere = receiver.url('/elsewhere', 'localhost')
    const error = await emitter.webhooks.update('leads', { url: elsewhere }).catch(error => error)
    expect(error).toMatchObject({
      name: 'ConfigError',
      problems: [
        { path: 'webhooks[0].headers', message: expect.stringContaining('must be given again') },
        { path: 'webhooks[0].auth', message: expect.stringContaining('must be given again') },
        { path: 'webhooks[0].query', message: expect.stringContaining('must be given again') },
      ],
    })
    await emitter.webhooks.test('leads')
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/path-that-is-a-password'])

    const moved = await emitter.webhooks.update('leads', {
      url: elsewhere,
      headers: { 'X-Key': 'another' },
      auth: undefined,
      query: undefined,
    })
    expect(moved.secret).toMatch(/^whsec_/)
    await emitter.webhooks.test('leads')
    const request = receiver.requests[1]
    expect(request).toMatchObject({ path: '/elsewhere', query: {}, headers: { 'x-key': 'another' } })
    expect(request?.headers.authorization).toBeUndefined()
    expect(request && [verifies(old, request), verifies(moved.secret ?? '', request)]).toEqual([false, true])
  })

  it('that move within their origin keep what they have', async () => {
    const { secret: kept } = await emitter.webhooks.create({ ...secretive(), id: 'leads' })
    const moved = await emitter.webhooks.update('leads', { url: receiver.url('/elsewhere') })
    expect(moved.secret).toBeUndefined()
    await emitter.webhooks.test('leads')
    const [request] = receiver.requests
    expect(request).toMatchObject({ path: '/elsewhere', headers: { 'x-key': 'header-that-is-a-password' } })
    expect(request && verifies(kept, request)).toBe(true)
  })

  it('that are called by GET are signed over their query, so that none of it can be changed', async () => {
    const url = receiver.url('/get?sig=a%20b~c%2F==')
    const { secret: own } = await emitter.webhooks.create({
      id: 'leads',
      url,
      method: 'GET',
      query: { plan: 'free' },
    })
    await emitter.webhooks.test('leads')
    const [request] = await receiver.arrived(1)
    if (!request) throw new Error('nothing arrived')
    const { search } = new URL(request.url, 'http://receiver')
    expect(search).toMatch(/^\?sig=a%20b~c%2F==&.*plan=free$/)
    expect(verifies(own, { ...request, body: search.slice(1) })).toBe(true)
    for (const forged of ['', search, search.slice(1).replace('free', 'pro')]) {
      expect(verifies(own, { ...request, body: forged })).toBe(false)
    }
  })

  it('of the config are changed in the config', async () => {
    await expect(emitter.webhooks.update('crm', { name: 'x' })).rejects.toThrow('comes from the config')
    await expect(emitter.webhooks.remove('crm')).rejects.toThrow('comes from the config')
  })

  it('that are removed get nothing more', async () => {
    await emitter.webhooks.create({ ...secretive(), id: 'leads' })
    await emitter.webhooks.remove('leads')
    expect(await emitter.webhooks.get('leads')).toBeUndefined()
    expect(await emitter.emit(tourCompleted)).toEqual([])
    await expect(emitter.webhooks.remove('leads')).rejects.toThrow('There is no webhook "leads"')
  })

  it('that are disabled by hand keep what comes until they are enabled', async () => {
    await emitter.webhooks.disable('crm')
    await emitter.emit({ name: 'banner_seen', userId: 'waits' })
    wind(hour)
    expect(receiver.requests).toEqual([])
    await emitter.webhooks.enable('crm')
    expect((await receiver.arrived(1))[0]?.json).toMatchObject({ userId: 'waits' })
  })

  it('sign with the old secrets and the new for 24 hours after each is rotated, however often', async () => {
    const { secret: next } = await emitter.webhooks.rotateSecret('crm')
    wind(hour)
    const { secret: last } = await emitter.webhooks.rotateSecret('crm')
    const delivered = heard(emitter, 'delivered')
    const signers = async () => {
      await emitter.emit({ name: 'banner_seen', userId: 'u' })
      await delivered.reaches(delivered.events.length + 1)
      const request = receiver.requests.at(-1)
      return [secret, next, last].map(key => request !== undefined && verifies(key, request))
    }
    expect(await signers()).toEqual([true, true, true])
    wind(23 * hour)
    expect(await signers()).toEqual([false, true, true])
    wind(hour)
    expect(await signers()).toEqual([false, false, true])
  })

  it('keep each secret that was made when several are made at once', async () => {
    const rotated = await Promise.all([1, 2, 3].map(() => emitter.webhooks.rotateSecret('crm')))
    await emitter.emit({ name: 'banner_seen', userId: 'u' })
    const [request] = await receiver.arrived(1)
    const keys = [secret, ...rotated.map(({ secret }) => secret)]
    expect(keys.map(key => request !== undefined && verifies(key, request))).toEqual([true, true, true, true])
  })

  it("begin the rotation with the config's secret", async () => {
    const { secret: next } = await emitter.webhooks.rotateSecret('crm')
    await emitter.emit({ name: 'banner_seen', userId: 'u' })
    const [request] = await receiver.arrived(1)
    expect(request && [verifies(secret, request), verifies(next, request)]).toEqual([true, true])
  })

  it('are tried with a signed sample, which is logged nowhere', async () => {
    expect(await emitter.webhooks.test('crm')).toMatchObject({ status: 200 })
    const [request] = await receiver.arrived(1)
    expect(request?.json).toMatchObject({
      name: 'CRM lead',
      userId: 'user_123',
      events: [{ name: 'banner_seen' }],
    })
    expect(request && verifies(secret, request)).toBe(true)
    expect(await emitter.deliveries.count()).toBe(0)
  })
})

describe('probe', () => {
  it('finds that a browser can post JSON where the preflight passes', async () => {
    const options = { origin: 'https://site.example', headers: ['X-Team'] }
    expect(await emitter.webhooks.probe(receiver.url(), options)).toMatchObject({
      transport: 'cors',
      status: 204,
    })
    expect(receiver.preflights[0]?.headers).toMatchObject({
      origin: 'https://site.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-team',
    })
    expect(receiver.requests).toEqual([])
  })

  it('proposes a simple request where there is no CORS, and the relay when that can not carry the headers', async () => {
    receiver.script({ cors: 'none' })
    expect(await emitter.webhooks.probe(receiver.url())).toMatchObject({ transport: 'simple', status: 405 })
    expect(await emitter.webhooks.probe(receiver.url(), { headers: ['authorization'] })).toMatchObject({
      transport: 'relay',
    })
  })

  it('proposes the relay where extra headers are not allowed', async () => {
    receiver.script({ cors: 'no-headers' })
    expect(await emitter.webhooks.probe(receiver.url())).toMatchObject({ transport: 'cors' })
    expect(await emitter.webhooks.probe(receiver.url(), { headers: ['X-Team'] })).toMatchObject({
      transport: 'relay',
      reason: expect.stringContaining('does not allow the header x-team'),
    })
  })

  it('says why when no answer comes', async () => {
    await expect(emitter.webhooks.probe('http://10.0.0.1/secret')).rejects.toThrow(
      'http://10.0.0.1: 10.0.0.1 is, or resolves to, an address that is not public',
    )
  })
})

it('tells by no probe whether an internal name exists', async () => {
  const reasons = ['localhost', 'surely-not-there.invalid'].map(async host => {
    const strict = createEmitter()
    const error: Error = await strict.webhooks.probe(`http://${host}:1/secret`).catch(error => error)
    await strict.close()
    expect(error.cause).toBeUndefined()
    return error.message.replace(host, 'HOST')
  })
  const [known, unknown] = await Promise.all(reasons)
  expect(known).toBe('http://HOST:1: its name does not resolve, or resolves to an address that is not public')
  expect(unknown).toBe(known)
})

it('keeps what it made for the next process', async () => {
  const store = { ...memoryStore(), close: async () => {} }
  const first = woundEmitter({ store })
  const { webhook } = await first.emitter.webhooks.create(secretive())
  await first.emitter.close()
  const second = woundEmitter({ store })
  expect(await second.emitter.webhooks.list()).toEqual([webhook])
  await second.emitter.close()
})
