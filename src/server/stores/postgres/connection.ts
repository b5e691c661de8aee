import { createHash } from 'node:crypto'
import type { Pool, PoolClient, PoolConfig, QueryResult } from 'pg'
import type { Transaction } from '../store.ts'
import { createQueue, type Queue } from './queue.ts'
import { migrate } from './schema.ts'

/** A store's way to its database: connected at the first use, and again at the next when that failed. */
export interface Connection {
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>
  /** With `flush: false` what is committed may be lost when the database's machine dies. @default flush true */
  transact<T>(work: (client: PoolClient, queue: Queue) => Promise<T>, options?: { flush?: boolean }): Promise<T>
  queue(): Promise<Queue>
  close(): Promise<void>
}

/** Makes a connection; nothing is asked of the database yet. */
export function createConnection({
  connectionString,
  schema,
  connections,
  leaseMs,
}: {
  connectionString: string
  schema: string
  connections: number
  leaseMs: number
}): Connection {
  let opened: Promise<{ pool: Pool; queue: Queue; end: () => Promise<unknown> }> | undefined

  const open = () => {
    opened ??= connect().catch(error => {
      // The database may only be starting; the next call tries again.
      opened = undefined
      throw error
    })
    return opened
  }
  const connect = async () => {
    const { default: pg } = await import('pg')
    const createPool = (config: PoolConfig) => {
      const pool = new pg.Pool({ connectionString, ...config })
      // A connection that breaks is replaced; what was asked of it rejects to whom it concerns.
      pool.on('error', () => {})
      pool.on('connect', client => client.on('error', () => {}))
      return pool
    }
    const pool = createPool({ max: connections })
    // pg-boss may have to make a queue while all of ours are in transactions that wait for it. What it does
    // by itself, outside of them, is lend deliveries out: that needs no disk flush.
    const ownPool = createPool({
      max: 4,
      onConnect: client => client.query('SET synchronous_commit = off'),
    })
    const end = () => Promise.all([pool.end(), ownPool.end()])
    try {
      await migrate(pool, schema)
      const queue = await createQueue({ pool: ownPool, schema: `${schema}_queue`, leaseMs })
      await queue.start()
      return { pool, queue, end }
    } catch (error) {
      await end()
      throw error
    }
  }

  return {
    async query(text, values = []) {
      const { pool } = await open()
      return pool.query(text, [...values])
    },
    async transact(work, { flush = true } = {}) {
      const { pool, queue } = await open()
      const client = await pool.connect()
      try {
        await client.query(flush ? 'BEGIN' : 'BEGIN; SET LOCAL synchronous_commit = off')
        const result = await work(client, queue)
        await client.query('COMMIT')
        client.release()
        return result
      } catch (error) {
        // A connection that can't roll back is not given to anyone else.
        await client.query('ROLLBACK').then(
          () => client.release(),
          () => client.release(true),
        )
        throw error
      }
    },
    queue: async () => (await open()).queue,
    async close() {
      if (!opened) return
      const { queue, end } = await opened
      await queue.stop()
      await end()
    },
  }
}

/** A transaction whose statements the database plans once for each connection: half the time of a short one. */
export function prepared(client: PoolClient): Transaction {
  return { query: (text, values = []) => client.query({ name: nameOf(text), text, values }) }
}

/** A statement's name may have 63 bytes. */
function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
