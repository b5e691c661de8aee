import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { folderWith, tourhook } from '../support/command-line.ts'
import { activityOf, adminToken, origin, relayedOf } from '../support/companion.ts'
import { createReceiver } from '../support/receiver.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres.remove())

test('two companions on one PostgreSQL are as one', async () => {
  const receiver = await createReceiver()
  onTestFinished(() => receiver.close())
  const cwd = await folderWith({
    'tourhook.json': {
      webhooks: [{ id: 'all', url: receiver.url('/all'), events: ['user_created', 'script_tag_set'] }],
    },
  })
  const start = async () => {
    const args = [
      'serve',
      '--config',
      'tourhook.json',
      '--port',
      '0',
      '--allow-network',
      '127.0.0.0/8',
      '--json',
    ]
    const run = tourhook([...args, '--allow-origin', origin], {
      cwd,
      env: { TOURHOOK_POSTGRES: postgres.connectionString, TOURHOOK_ADMIN_TOKEN: adminToken },
    })
    const { listening } = JSON.parse(await run.line(/listening/))
    const ask = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${listening}${path}`, {
        method,
        headers: { origin, 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, json: await response.json() }
    }
    return { run, ask }
  }
  // One after the other, as a rolling start does: the first makes the tables.
  const [one, other] = [await start(), await start()]

  // The same activity at both counts once; activities of one user at both lose nothing.
  const twice = activityOf({ tags: { twice: 'nul \u0000' } })
  const answers = await Promise.all([
    ...[one, other].map(({ ask }) => ask('POST', '/v1/events', twice)),
    ...Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? one : other).ask('POST', '/v1/events', activityOf({ tags: { [`tag${index}`]: index } })),
    ),
  ])
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202))
  expect(answers.filter(({ json }) => json.counted)).toHaveLength(11)
  const arrived = await receiver.arrived(11, { timeoutMs: 30_000 })
  const events = arrived.flatMap(({ json }) => (json as { events: { name: string; id: string }[] }).events)
  expect(events.filter(({ name }) => name === 'user_created')).toHaveLength(1)
  expect(new Set(events.filter(({ name }) => name === 'script_tag_set').map(({ id }) => id)).size).toBe(11)

  // A webhook that is made at one is known to the other.
  const made = await one.ask('POST', '/v1/admin/webhooks', { id: 'new', url: receiver.url('/new') })
  expect(made.status).toBe(201)
  expect((await other.ask('POST', '/v1/relay/new', relayedOf())).status).toBe(202)
  await receiver.arrived(1, { path: '/new', timeoutMs: 30_000 })

  // What is published at one is what the other's pages get.
  await one.ask('POST', '/v1/admin/documents/banners', { id: 'news', content: 'Hi' })
  expect(await one.ask('POST', '/v1/admin/versions', {})).toMatchObject({ status: 201 })
  await expect
    .poll(async () => (await other.ask('GET', '/v1/config.json')).json.banners)
    .toEqual([{ id: 'news', content: 'Hi' }])

  for (const { run } of [one, other]) {
    run.process.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(`${run.output}${run.errors}`).not.toMatch(/postgres:\/\/|whsec_/)
  }
}, 120_000)
