import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { eventNameSchema } from '../../../src/schema/event.ts'
import { folderWith, tourhook } from '../../support/command-line.ts'
import { activityOf, origin } from '../../support/companion.ts'

vi.setConfig({ testTimeout: 60_000 })

const named = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'v']))

/** As many tags and events as an activity may have. */
const costly = () =>
  activityOf({
    userId: crypto.randomUUID(),
    tags: named('t', 200),
    managedTags: named('m', 200),
    events: Array.from({ length: 100 }, (_, index) => ({ name: 'banner_seen', id: `b${index}` })),
  })

/** A companion as a process of its own, on SQLite, behind a proxy that names the client. */
async function serve() {
  const cwd = await folderWith({
    'tourhook.json': {
      webhooks: [{ id: 'all', url: 'https://192.0.2.1/', events: eventNameSchema.options }],
    },
  })
  const args = ['serve', '--config', 'tourhook.json', '--port', '0', '--trust-proxy', '--json']
  const run = tourhook([...args, '--allow-origin', origin], { cwd })
  const { listening } = JSON.parse(await run.line(/listening/)) as { listening: string }
  const post = async (client: string, body: object) => {
    const response = await fetch(`${listening}/v1/events`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', 'x-forwarded-for': client },
      body: JSON.stringify(body),
    })
    await response.arrayBuffer()
    return response.status
  }
  return { listening, post }
}

test('while one client floods, another visitor’s activity waits 250 ms at most', async () => {
  const { post } = await serve()
  await post('203.0.113.1', activityOf())
  const flood = Promise.all(Array.from({ length: 200 }, () => post('203.0.113.7', costly())))
  let isOver = false
  void flood.then(() => {
    isOver = true
  })
  const waits: number[] = []
  while (!isOver || waits.length < 3) {
    const started = performance.now()
    expect(await post('203.0.113.8', activityOf({ userId: 'ada' }))).toBe(202)
    waits.push(performance.now() - started)
  }
  // By the middle one: others share the machine, and a single one may have waited for them.
  expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)]).toBeLessThan(250)
  const statuses = await flood
  expect(statuses.filter(status => status === 429).length).toBeGreaterThan(100)
})

test('a connection that never says what it wants is closed', async () => {
  const { listening } = await serve()
  const { port } = new URL(listening)
  const socket = connect(Number(port), '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  await once(socket, 'connect')
  const started = performance.now()
  socket.write('POST /v1/events HTTP/1.1\r\nHost: companion.test\r\n')
  socket.resume()
  await once(socket, 'close')
  expect(performance.now() - started).toBeLessThan(20_000)
})
