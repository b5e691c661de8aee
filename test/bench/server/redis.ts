import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pauseFor } from 'node:timers/promises'

/** A Redis of a bench's own. */
export interface BenchRedis {
  port: number
  /** `kill -9`, and a new start on the same files. */
  crash(): Promise<void>
  remove(): Promise<void>
}

/** Starts the `redis-server` of this machine with an append-only file, flushed each second or with every write. */
export async function startRedis(appendfsync: 'everysec' | 'always'): Promise<BenchRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'tourhook-redis-'))
  const port = await freePort()
  const settings = { port, dir: folder, appendonly: 'yes', appendfsync, save: '', bind: '127.0.0.1' }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  let server: ChildProcess

  async function start() {
    server = spawn('redis-server', args, { stdio: 'ignore' })
    for (let tries = 0; tries < 200; tries++) {
      if (await answers(port)) return
      await pauseFor(50)
    }
    throw new Error('redis-server did not start: apt-get install redis-server')
  }
  async function stop(signal: 'SIGKILL' | 'SIGTERM') {
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  await start()
  return {
    port,
    async crash() {
      await stop('SIGKILL')
      await start()
    },
    async remove() {
      await stop('SIGKILL')
      rmSync(folder, { recursive: true })
    },
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [answer] = await once(socket, 'data')
    return String(answer).startsWith('+PONG')
  } catch {
    // Not yet.
    return false
  } finally {
    socket.destroy()
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
