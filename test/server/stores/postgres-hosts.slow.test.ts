import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { postgresStore } from '../../../src/server/stores/postgres/postgres.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startProxy } from '../support/proxy.ts'

let postgres: TestPostgres
let owner: pg.Client

beforeAll(async () => {
  postgres = await startPostgres()
  owner = new pg.Client({ connectionString: postgres.connectionString })
  await owner.connect()
}, 60_000)

afterAll(async () => {
  await owner.end()
  await postgres.remove()
}, 60_000)

function delivery(id: string) {
  const message = { id, timestamp: '', name: 'Łódź 🚀', userId: null, events: [], data: {} }
  return { id, webhook: 'crm', message, createdAt: Date.now(), dueAt: Date.now() }
}

/** The address of a database of a test's own. */
async function newDatabase(name: string, options = ''): Promise<string> {
  await owner.query(`CREATE DATABASE ${name} TEMPLATE template0 ${options}`)
  return addressOf(name)
}

function addressOf(database: string, user = 'postgres'): string {
  const url = new URL(postgres.connectionString)
  return Object.assign(url, { username: user, password: user, pathname: `/${database}` }).href
}

function storeOn(connectionString: string, options: Partial<Parameters<typeof postgresStore>[0]> = {}) {
  const store = postgresStore({ connectionString, ...options })
  onTestFinished(() => store.close())
  return store
}

async function on(connectionString: string, ...statements: string[]): Promise<pg.QueryResult[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const results: pg.QueryResult[] = []
  for (const text of statements) results.push(await client.query(text))
  await client.end()
  return results
}

describe('a database that its host has set up otherwise', () => {
  it('does as well: another zone, search path, isolation, short time-outs, old strings', async () => {
    const address = await newDatabase('odd')
    for (const setting of [
      `TimeZone = 'Pacific/Kiritimati'`,
      `DateStyle = 'German'`,
      `IntervalStyle = 'sql_standard'`,
      `search_path = 'nowhere'`,
      `standard_conforming_strings = off`,
      `default_transaction_isolation = 'serializable'`,
      `statement_timeout = '20ms'`,
      `lock_timeout = '20ms'`,
      `idle_session_timeout = '100ms'`,
      `extra_float_digits = 0`,
    ]) {
      await owner.query(`ALTER DATABASE odd SET ${setting}`)
    }
    const store = storeOn(address)
    const ids = Array.from({ length: 40 }, (_, index) => `msg_${index}`)
    await Promise.all(ids.map(id => store.add([delivery(id)])))
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => store.claim([{ webhook: 'crm', limit: 5 }], Date.now())),
    )
    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(40)
    await Promise.all(
      claims.map(some =>
        store.settle(
          some.map(({ id, webhook, lease }) => ({
            id,
            webhook,
            lease,
            state: 'delivered' as const,
            attempt: { at: Date.now(), durationMs: 5, status: 200 },
          })),
        ),
      ),
    )
    expect(await store.count({ state: 'delivered' })).toBe(40)
    expect((await store.get('msg_7'))?.message.name).toBe('Łódź 🚀')
  }, 30_000)

  it('is flushed to its disk before anything is acknowledged, also where the host has turned that off', async () => {
    const address = await newDatabase('hasty')
    await owner.query('ALTER DATABASE hasty SET synchronous_commit = off')
    const store = storeOn(address)
    await store.webhooks()
    await on(
      address,
      `CREATE TABLE seen (setting text);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO public.seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
      CREATE TRIGGER note AFTER INSERT ON tourhook.deliveries EXECUTE FUNCTION note()`,
    )
    await store.add([delivery('msg_1')])
    const [seen] = await on(address, 'SELECT setting FROM seen')
    expect(seen?.rows).toEqual([{ setting: 'on' }])
  }, 30_000)

  it('is refused at the start when it has no place for most characters', async () => {
    const address = await newDatabase('latin', `ENCODING 'LATIN1' LOCALE 'C'`)
    await expect(storeOn(address).webhooks()).rejects.toThrow(
      /keeps its texts in LATIN1.*create one with ENCODING 'UTF8'/,
    )
  }, 30_000)
})

describe('a user of few permissions', () => {
  it('needs none on the database when it has a schema of its own, also for the next start', async () => {
    const address = await newDatabase('tight')
    await owner.query(`CREATE ROLE ada LOGIN PASSWORD 'ada'`)
    await on(
      address,
      'REVOKE ALL ON DATABASE tight FROM PUBLIC; GRANT CONNECT ON DATABASE tight TO ada; CREATE SCHEMA tourhook AUTHORIZATION ada',
    )
    for (const id of ['msg_1', 'msg_2']) {
      const store = postgresStore({ connectionString: addressOf('tight', 'ada') })
      expect(await store.add([delivery(id)])).toMatchObject({ queued: [{ id }] })
      await store.close()
    }
  }, 30_000)

  it('is told what to ask for when it has none', async () => {
    await newDatabase('closed')
    await owner.query(`CREATE ROLE bob LOGIN PASSWORD 'bob'`)
    await expect(storeOn(addressOf('closed', 'bob')).webhooks()).rejects.toThrow(
      'CREATE SCHEMA tourhook AUTHORIZATION "bob"',
    )
  }, 30_000)
})

describe('a database that becomes a read-only copy', () => {
  it('is left for its successor as soon as the address leads there', async () => {
    const address = await newDatabase('failover')
    const store = storeOn(address)
    await store.add([delivery('msg_1')])
    await owner.query('ALTER DATABASE failover SET default_transaction_read_only = on')
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'failover' AND pid <> pg_backend_pid()`,
    )
    await expect
      .poll(() => store.add([delivery('msg_2')]).catch((error: Error) => error.message), { timeout: 10_000 })
      .toMatch(/it is read-only: a copy, .*Give the address of the primary/)
    await owner.query('ALTER DATABASE failover RESET default_transaction_read_only')
    // Not one of the connections that were opened to the copy is asked again.
    expect(await store.add([delivery('msg_3')])).toMatchObject({ queued: [{ id: 'msg_3' }] })
    await store.removeWebhook('crm')
  }, 30_000)
})

describe('an upgrade', () => {
  it('by a newer companion leaves an older one at work, also when its connections are new', async () => {
    const address = await newDatabase('rolling')
    const store = storeOn(address)
    const use = async (id: string) => {
      await store.add([delivery(id)])
      await store.add([delivery(id)])
      const [claimed] = await store.claim([{ webhook: 'crm', limit: 1 }], Date.now())
      if (!claimed) throw new Error('nothing was due')
      const attempt = { at: Date.now(), durationMs: 5, status: 200 }
      await store.settle([{ ...claimed, state: 'delivered', attempt }])
      await store.hours({ since: 0 })
      await store.lastAttempts(['crm'])
      await store.console.jobs()
      await store.console.audit({ limit: 5 })
      await store.console.documents()
      await store.apply({ once: id, key: 'k', at: Date.now(), change: () => ({ value: id, deliveries: [] }) })
      return Promise.all([store.get(id), store.list({ webhook: 'crm' }, { limit: 5 }), store.webhooks()])
    }
    await use('msg_1')
    const tables = [
      'deliveries',
      'hours',
      'webhooks',
      'state',
      'applied',
      'jobs',
      'audit',
      'documents',
      'numbers',
    ]
    await on(
      address,
      ...tables.map(table => `ALTER TABLE tourhook.${table} ADD COLUMN later text NOT NULL DEFAULT 'x'`),
      'UPDATE tourhook.version SET version = 99',
    )
    await use('msg_2')
    await owner.query('ALTER DATABASE rolling SET default_transaction_read_only = on')
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'rolling'`)
    await expect
      .poll(() => store.add([delivery('msg_3')]).then(() => '', String), { timeout: 10_000 })
      .toMatch('read-only')
    await owner.query('ALTER DATABASE rolling RESET default_transaction_read_only')
    await use('msg_4')
    await expect(storeOn(address).webhooks()).rejects.toThrow('schema version 99')
  }, 30_000)

  it.each([1, 2, 3])(
    'from version %i keeps what is there',
    async version => {
      const address = await newDatabase(`version${version}`)
      const before = postgresStore({ connectionString: address })
      await before.add([delivery('msg_1')])
      await before.close()
      const undo = [
        'ALTER TABLE tourhook.applied DROP COLUMN fingerprint',
        'DROP TABLE tourhook.jobs, tourhook.settings',
        'DROP TABLE tourhook.documents, tourhook.versions, tourhook.audit, tourhook.sessions',
      ]
      await on(address, ...undo.slice(0, 4 - version), `UPDATE tourhook.version SET version = ${version}`)
      // Two of the new version start at once.
      const stores = [storeOn(address), storeOn(address)]
      const found = await Promise.all(stores.map(store => store.get('msg_1')))
      expect(found).toMatchObject([{ id: 'msg_1' }, { id: 'msg_1' }])
      expect(await stores[0]?.console.jobs()).toEqual([])
    },
    30_000,
  )

  it('that has to wait for a table gives up soon, so that nobody waits behind it, and comes at the next call', async () => {
    const address = await newDatabase('busy')
    await postgresStore({ connectionString: address }).close()
    const before = postgresStore({ connectionString: address })
    await before.webhooks()
    await before.close()
    await on(
      address,
      'ALTER TABLE tourhook.applied DROP COLUMN fingerprint',
      'UPDATE tourhook.version SET version = 3',
    )
    const dump = new pg.Client({ connectionString: address })
    await dump.connect()
    await dump.query('BEGIN; LOCK TABLE tourhook.applied IN ACCESS SHARE MODE')
    const store = storeOn(address)
    await expect(store.webhooks()).rejects.toThrow('another transaction has held a lock for too long')
    await dump.query('COMMIT')
    await dump.end()
    expect(await store.webhooks()).toEqual([])
  }, 30_000)
})

describe('a pooler that lends a connection to each transaction', () => {
  it('has no session changed behind its back, which would be another client’s with the next transaction', async () => {
    const proxy = await startProxy(Number(new URL(postgres.connectionString).port), { isPooler: true })
    onTestFinished(() => proxy.close())
    const address = new URL(await newDatabase('pooled'))
    address.port = String(proxy.port)
    const store = storeOn(address.href)
    await store.add([delivery('msg_1')])
    await store.apply({ once: 'a', key: 'k', at: Date.now(), change: () => ({ value: 1, deliveries: [] }) })
    expect(await store.claim([{ webhook: 'crm', limit: 1 }], Date.now())).toHaveLength(1)
    expect(proxy.asked()).toContain('deliveries')
    expect(proxy.asked()).not.toMatch(/set_config|[\0;] *SET (?!LOCAL )/)
  }, 30_000)
})
