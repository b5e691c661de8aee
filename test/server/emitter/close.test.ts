import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { heard } from '../support/emitter.ts'
import { tourCompleted, webhookTo } from '../support/webhook.ts'

const servers = new Set<Server>()
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
})

/** An endpoint that answers with `begin`, and then with `drip` for ever. */
async function endless(begin: string, drip: string): Promise<string> {
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(begin)
      const timer = setInterval(() => socket.write(drip), 20)
      socket.on('close', () => clearInterval(timer))
    })
  })
  servers.add(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

it.each([
  ['its answer’s headers', 'HTTP/1.1 200 OK\r\nx-endless: ', 'x'],
  ['its answer’s body', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
  ['its answer’s body, with a length', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n', ''],
  ['its interim answers', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ['its interim 100s', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
])('closes within the time-out though an endpoint never ends %s', async (_, begin, drip) => {
  const store = { ...memoryStore(), close: async () => {} }
  const emitter = createEmitter({
    store,
    timeoutMs: 500,
    allowNetworks: ['127.0.0.0/8'],
    webhooks: [webhookTo(await endless(begin, drip))],
  })
  const attempts = heard(emitter, 'attempt')
  const [id = ''] = await emitter.emit(tourCompleted)
  const startedAt = performance.now()
  await emitter.close()
  expect(performance.now() - startedAt).toBeLessThan(2500)
  expect(attempts.events).toHaveLength(1)
  expect((await store.get(id))?.attempts).toHaveLength(1)
})
