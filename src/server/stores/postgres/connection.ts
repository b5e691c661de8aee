import { createHash } from 'node:crypto'
import { Socket } from 'node:net'
import type { Pool, PoolClient, PoolConfig, QueryResult } from 'pg'
import type { Transaction } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { type DatabasePlace, isLost, isMoved, isTransient, storeErrorOf } from './errors.ts'
import { migrate } from './schema.ts'
import { prepareSession } from './session.ts'

const longestConnectMs = 5000
const closeMs = 2000
const attempts = 3

/** A store's way to its database: connected at the first use, and again at the next when that failed. */
export interface Connection {
  /**
   * Runs one statement, a transaction of its own. Without `flush`, what it commits may be lost when the database's machine
   * dies. @default flush true
   */
  query(text: string, values?: readonly unknown[], options?: { flush?: boolean }): Promise<QueryResult>
  transact<T>(work: (client: PoolClient) => Promise<T>): Promise<T>
  /** Resolves once the database is there and prepared. */
  ready(): Promise<void>
  /** Whether an error is the database's, and not of what it was given. */
  isOurs(error: unknown): boolean
  close(): Promise<void>
}

export interface ConnectionOptions {
  connectionString: string
  schema: string
  connections: number
  /** For a statement. */
  timeoutMs: number
}

interface Opened {
  pool: Pool
  /** Its commits don't wait for the disk, where nothing stands between. */
  quickPool: Pool
  end: () => Promise<void>
}

/** A connection that opens with the first query. */
export function createConnection({
  connectionString,
  schema,
  connections,
  timeoutMs,
}: ConnectionOptions): Connection {
  let opened: Promise<Opened> | undefined
  let place: DatabasePlace | undefined
  let isMigrated = false
  let isClosed = false
  const prepared = new WeakSet<PoolClient>()

  function open(): Promise<Opened> {
    if (isClosed) throw new StoreError('The store is closed')
    opened ??= connect().catch(error => {
      // The database may only be starting; the next call tries again.
      opened = undefined
      throw error
    })
    return opened
  }

  async function connect(): Promise<Opened> {
    const { default: pg } = await import(
      /* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ 'pg'
    ).catch(cause => {
      throw new StoreError('postgresStore needs the package pg: npm install pg', { cause })
    })
    const { host, port, database = '', user = '' } = new pg.Client({ connectionString })
    place = { host, port, database, user, schema }
    const sockets = new Set<Socket>()

    function stream(): Socket {
      const socket = new Socket()
      sockets.add(socket)
      return socket.once('close', () => sockets.delete(socket))
    }
    function createPool(config: PoolConfig): Pool {
      const pool = new pg.Pool({
        connectionString,
        stream,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        connectionTimeoutMillis: Math.min(longestConnectMs, timeoutMs),
        // Without an answer for a little longer, the connection counts as half open.
        query_timeout: Math.ceil(timeoutMs * 1.2),
        ...config,
      })
      // A connection that breaks is replaced; queries on it reject for their callers.
      pool.on('error', () => {})
      pool.on('connect', client => client.on('error', () => {}))
      return pool
    }
    const quick = Math.max(1, Math.floor(connections * 0.4))
    const pool = createPool({ max: Math.max(1, connections - quick) })
    const quickPool = createPool({ max: quick })

    /** Lets what is under way end, for a while: a half open connection would never. */
    async function end(): Promise<void> {
      let stop: NodeJS.Timeout | undefined
      const late = new Promise<void>(resolve => {
        stop = setTimeout(resolve, closeMs)
      })
      await Promise.race([Promise.allSettled([pool.end(), quickPool.end()]), late])
      clearTimeout(stop)
      for (const socket of sockets) socket.destroy()
    }

    try {
      // Once at work, it goes on beside a newer one that has changed the tables meanwhile.
      await migrate(pool, schema, { mayBeNewer: isMigrated })
      isMigrated = true
      return { pool, quickPool, end }
    } catch (error) {
      await end()
      throw named(error, false)
    }
  }

  /** The error as a sentence, where there is one for it. */
  function named(error: unknown, sent: boolean): unknown {
    return (place && storeErrorOf(error, place, { sent })) ?? error
  }

  /** Has the next call open new connections: when one hangs, or leads to a copy, so do the others. */
  function replace(hanging: Opened) {
    const replaced = opened
    void replaced?.then(
      present => {
        if (present === hanging && opened === replaced) opened = undefined
      },
      () => {},
    )
    void hanging.end()
  }

  async function using<T>(work: (client: PoolClient) => Promise<T>, { flush }: { flush: boolean }): Promise<T> {
    const present = await open()
    let client: PoolClient
    try {
      client = await (flush ? present.pool : present.quickPool).connect()
    } catch (error) {
      throw named(error, false)
    }
    try {
      if (!prepared.has(client)) await prepareSession(client, { timeoutMs, flush })
      prepared.add(client)
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      const cause = error instanceof StoreError ? error.cause : error
      // A connection that is lost is not given to anyone else.
      client.release(isLost(cause))
      if (isMoved(cause)) replace(present)
      throw named(error, false)
    }
  }

  async function inTransaction<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
    let isCommitting = false
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
      const result = await work(client)
      isCommitting = true
      await client.query('COMMIT')
      return result
    } catch (error) {
      if (!isLost(error)) {
        await client.query('ROLLBACK').catch(lost => {
          throw named(lost, isCommitting)
        })
      }
      throw named(error, isCommitting)
    }
  }

  async function again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        const cause = error instanceof StoreError ? error.cause : error
        if (attempt === attempts || !isTransient(cause)) throw error
      }
    }
  }

  return {
    query: (text, values = [], { flush = true } = {}) =>
      again(() =>
        using(
          async client => {
            try {
              return await client.query(preparedQuery(text, values))
            } catch (error) {
              throw named(error, true)
            }
          },
          { flush },
        ),
      ),
    transact: work => again(() => using(client => inTransaction(client, work), { flush: true })),
    async ready() {
      await open()
    },
    isOurs: error => error instanceof StoreError,
    async close() {
      isClosed = true
      await opened?.then(
        ({ end }) => end(),
        () => {},
      )
    },
  }
}

/** A transaction whose statements the database plans once for each connection: half the time of a short one. */
export function prepared(client: PoolClient): Transaction {
  return { query: (text, values = []) => client.query(preparedQuery(text, values)) }
}

function preparedQuery(text: string, values: readonly unknown[]) {
  return { name: nameOf(text), text, values: [...values] }
}

const names = new Map<string, string>()

/** A statement's name may have 63 bytes. */
function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}
