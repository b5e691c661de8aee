import { expect, test } from 'vitest'
import { type Config, parseConfig } from '../../../src/schema/config.ts'
import { activityOf, relayedOf, startCompanion } from '../../support/companion.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

test('what is at no path, and what no method is for, is told so', async () => {
  const { page } = await startCompanion()
  expect(await page('GET', '/v1/nothing')).toMatchObject({
    status: 404,
    json: { error: { code: 'not_found' } },
  })
  const { status, headers, json } = await page('DELETE', '/v1/events')
  expect({ status, code: json.error.code }).toEqual({ status: 405, code: 'method_not_allowed' })
  expect(headers.get('allow')).toBe('POST')
})

test('the companion may be mounted below a path', async () => {
  const { page } = await startCompanion({ basePath: '/api/tourhook' })
  expect((await page('POST', '/api/tourhook/v1/events', activityOf())).status).toBe(202)
  expect((await page('POST', '/v1/events', activityOf())).status).toBe(404)
})

test('a config that changes is served, derived from and sent by at once', async () => {
  const tour = { id: 'welcome', triggers: [{ on: 'closed', trigger: { type: 'webhook', webhook: 'new' } }] }
  const { page, post, emitter, receiver, errors, change } = await startChangeable({
    tours: [{ id: 'welcome' }],
  })
  expect((await post('/v1/relay/new', relayedOf())).status).toBe(404)
  const before = await page('GET', '/v1/config.json')

  await change(
    parseConfig({
      webhooks: [{ id: 'new', url: receiver.url('/new'), events: ['checklist_completed'], secret }],
      checklists: [{ id: 'list', items: [{ id: 'item' }] }],
      tours: [tour],
    }),
  )
  const after = await page('GET', '/v1/config.json', undefined, {
    'if-none-match': before.headers.get('etag') ?? '',
  })
  expect(after.json).toMatchObject({ webhooks: [{ id: 'new', transport: 'relay' }], tours: [tour] })
  expect((await post('/v1/relay/new', relayedOf())).status).toBe(202)
  const done = { events: [{ name: 'checklist_item_completed', id: 'item', checklist: 'list' }] }
  await post('/v1/events', activityOf(done))
  expect((await receiver.arrived(2)).map(({ path }) => path)).toEqual(['/new', '/new'])

  await change(parseConfig({ webhooks: [{ id: 'new', url: receiver.url('/moved'), events: ['banner_seen'] }] }))
  await post('/v1/events', activityOf({ events: [{ name: 'banner_seen', id: 'news' }] }))
  expect((await receiver.arrived(3)).map(({ path }) => path)).toEqual(['/new', '/new', '/moved'])

  await change({})
  expect((await emitter.webhooks.list()).map(({ id }) => id)).toEqual([])
  expect(errors).toEqual([])
})

test('a config with problems changes nothing, and is reported', async () => {
  const { page, errors, change } = await startChangeable({ tours: [{ id: 'welcome' }] })
  await expect(change({ webhooks: [{ id: 'a' }] })).rejects.toMatchObject({ name: 'ConfigError' })
  expect((await page('GET', '/v1/config.json')).json.tours).toEqual([{ id: 'welcome' }])
  expect(errors).toMatchObject([{ name: 'ConfigError' }])
  await page('GET', '/v1/config.json')
  expect(errors).toHaveLength(1)
})

/** A companion whose config a test changes while it runs. */
async function startChangeable(first: Config) {
  let current = first
  const started = await startCompanion({ config: () => first, currentConfig: () => current })
  return {
    ...started,
    async change(config: Config) {
      current = config
      await started.emitter.configure(config.webhooks ?? [])
    },
  }
}
