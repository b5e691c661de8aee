import { expect, test } from 'vitest'
import { parseConfig } from '../../../../src/schema/config.ts'
import { memoryStore } from '../../../../src/server/stores/memory/memory.ts'
import { startCompanion } from '../../../support/companion.ts'

const trigger = { type: 'webhook', webhook: 'both' } as const
const config = {
  webhooks: [
    {
      id: 'direct',
      name: 'Direct',
      url: 'https://direct.example/hook',
      query: { source: 'tour' },
      transport: 'cors',
      data: { plan: { tag: 'plan' } },
      concurrency: 3,
    },
    {
      id: 'headers',
      url: 'https://headers.example/SECRET-PATH',
      headers: { 'X-Key': 'SECRET-HEADER' },
      method: 'GET',
    },
    { id: 'auth', url: 'https://auth.example/', auth: { username: 'u', password: 'SECRET-PASSWORD' } },
    { id: 'signed', url: 'https://signed.example/SECRET-PATH', secret: `whsec_${'SECRET00'.repeat(4)}` },
    {
      id: 'relay',
      url: 'https://relay.example/SECRET-PATH',
      transport: 'relay',
      query: { key: 'SECRET-QUERY' },
    },
    { id: 'both', url: 'https://both.example/', events: ['tour_completed'], contents: ['welcome'] },
    { id: 'server', url: 'https://server.example/SECRET-PATH', events: ['tour_completed'] },
  ],
  tours: [{ id: 'welcome', triggers: [{ on: 'closed', trigger }] }],
  checklists: [{ id: 'onboarding', items: [{ id: 'profile' }] }],
  banners: [{ id: 'news' }],
  segments: [{ id: 'whales', tags: { revenue: { is: 'SECRET-RULE' } } }],
} as const

test('pages get what they need of the config, and nothing that is not for every visitor', async () => {
  const { page } = await startCompanion({ config: () => parseConfig(config) })
  const { status, text, json, headers } = await page('GET', '/v1/config.json')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('application/json')
  expect(text).not.toMatch(/SECRET|whsec_|headers\.example|relay\.example|auth\.example|signed\.example/)
  expect(json).toEqual({
    webhooks: [
      {
        id: 'direct',
        name: 'Direct',
        url: 'https://direct.example/hook',
        query: { source: 'tour' },
        transport: 'cors',
        data: { plan: { tag: 'plan' } },
      },
      { id: 'headers', method: 'GET', transport: 'relay' },
      { id: 'auth', transport: 'relay' },
      { id: 'signed', transport: 'relay' },
      { id: 'relay', transport: 'relay' },
      { id: 'both', url: 'https://both.example/' },
    ],
    tours: config.tours,
    checklists: config.checklists,
    banners: config.banners,
  })
})

test('what pages get is a config itself', async () => {
  const { page } = await startCompanion({ config: () => parseConfig(config) })
  const { json } = await page('GET', '/v1/config.json')
  expect(parseConfig(json)).toEqual(json)
})

test('what was published is there on the next page: nothing keeps a config without asking', async () => {
  const { page } = await startCompanion({ config: () => parseConfig(config) })
  const { headers } = await page('GET', '/v1/config.json')
  expect(headers.get('cache-control')).toBe('public, no-cache')
})

test('a config that has not changed is not sent again', async () => {
  const { page, emitter, receiver } = await startCompanion({ config: () => parseConfig(config) })
  const first = await page('GET', '/v1/config.json')
  const etag = first.headers.get('etag') ?? ''
  expect(etag).toMatch(/^".+"$/)

  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await page('GET', '/v1/config.json', undefined, { 'if-none-match': known })
    expect(again).toMatchObject({ status: 304, text: '' })
    expect(again.headers.get('access-control-allow-origin')).toBe('https://www.example.com')
    expect(again.headers.get('etag')).toBe(etag)
  }
  await emitter.webhooks.create({ id: 'new', url: receiver.url('/new') })
  const changed = await page('GET', '/v1/config.json', undefined, { 'if-none-match': etag })
  expect(changed.status).toBe(200)
  expect(changed.json.webhooks).toContainEqual({ id: 'new', transport: 'relay' })
})

test('pages get the last known config while the store is down', async () => {
  const memory = memoryStore()
  let isDown = false
  const store = {
    ...memory,
    async webhooks() {
      if (isDown) throw new Error('the database is away')
      return memory.webhooks()
    },
  }
  const { page, admin, receiver } = await startCompanion({ config: () => parseConfig(config), store })
  await admin('POST', '/webhooks', { id: 'new', url: receiver.url('/new') })
  isDown = true
  expect((await page('GET', '/v1/config.json')).status).toBe(503)
  isDown = false
  const before = await page('GET', '/v1/config.json')
  isDown = true
  const meanwhile = await page('GET', '/v1/config.json')
  expect(meanwhile).toMatchObject({ status: 200, text: before.text })
  expect(meanwhile.json.webhooks).toContainEqual({ id: 'new', transport: 'relay' })
})

test('a page of the same origin, which names none when it asks, is served', async () => {
  const { companion } = await startCompanion()
  const { status } = await companion.fetch(new Request('http://companion.test/v1/config.json'))
  expect(status).toBe(200)
})

test('a webhook made at run time keeps its address to itself, unless its maker says that pages may know it', async () => {
  const { admin, page } = await startCompanion({ config: () => ({}) })
  const url = 'https://added.example/path'
  await admin('POST', '/webhooks', { id: 'kept', url })
  await admin('POST', '/webhooks', { id: 'shown', url, transport: 'cors' })
  await admin('POST', '/webhooks', { id: 'guarded', url, transport: 'cors', headers: { 'X-Key': 'SECRET' } })
  await admin('POST', '/webhooks', {
    id: 'password',
    url,
    transport: 'auto',
    auth: { username: 'u', password: 'SECRET' },
  })
  const { json, text } = await page('GET', '/v1/config.json')
  expect(json.webhooks).toEqual([
    { id: 'kept', transport: 'relay' },
    { id: 'shown', url, transport: 'cors' },
    { id: 'guarded', transport: 'relay' },
    { id: 'password', transport: 'relay' },
  ])
  expect(text).not.toContain('SECRET')
})
