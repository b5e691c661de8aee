import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith } from '../support/command-line.ts'
import { activityOf, origin, relayedOf } from '../support/companion.ts'

async function start(example: string): Promise<{ url: string; stop: () => Promise<number | null> }> {
  const folder = await folderWith({
    // An address of nobody's (RFC 5737): what is for it is refused by the guard, and waits.
    'tourhook.json': { webhooks: [{ id: 'crm', url: 'https://192.0.2.1/' }] },
  })
  const file = new URL(`../../examples/server/${example}`, import.meta.url).pathname
  const child = spawn(process.execPath, [file, join(folder, 'tourhook.json')], {
    env: { ...process.env, PORT: '0', TOURHOOK_DB: join(folder, 'test.db') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return {
    url: String(line),
    async stop() {
      child.kill('SIGTERM')
      const [code] = await once(child, 'exit')
      return code
    },
  }
}

test.each([
  ['node.ts', ''],
  ['express.js', '/tourhook'],
])(
  'the example %s takes activity and messages',
  async (example, base) => {
    const { url, stop } = await start(example)
    const post = (path: string, body: unknown) =>
      fetch(`${url}${base}${path}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify(body),
      })
    expect((await post('/v1/events', activityOf())).status).toBe(202)
    expect((await post('/v1/relay/crm', relayedOf())).status).toBe(202)
    expect((await post('/v1/events', { ...activityOf(), padding: 'x'.repeat(70_000) })).status).toBe(413)
    expect(await stop()).toBe(0)
  },
  60_000,
)

test('the Express example emits what the site itself knows', async () => {
  const { url, stop } = await start('express.js')
  const { status } = await fetch(`${url}/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ userId: 'ada', plan: 'pro' }),
  })
  expect(status).toBe(201)
  expect(await stop()).toBe(0)
}, 60_000)
