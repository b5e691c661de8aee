import type { Pool, PoolClient } from 'pg'
import { toError } from '../../to-error.ts'
import { appliedFingerprints, consoleTables, jobTables } from './console-tables.ts'

/** Each step leads from its index, as a schema version, to the next; a released step never changes. */
const steps = [
  // JSON is kept as text, which can say what `json` can't (\\u0000), and is never taken apart here. Ids are compared by
  // their bytes, which is quick, and the order that JavaScript has. `lease_until` is in no index: to lend a delivery out
  // changes its row alone. The log's indexes hold what it is searched by; see search.ts.
  `CREATE TABLE deliveries (
    id text COLLATE "C" NOT NULL,
    webhook text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL DEFAULT 'pending',
    user_id text COLLATE "C",
    events text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    due_at bigint NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    lease text,
    lease_until bigint NOT NULL DEFAULT 0,
    reason text,
    fingerprint text,
    message text NOT NULL,
    content text,
    attempts text NOT NULL DEFAULT '',
    PRIMARY KEY (id, webhook)
  ) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
  CREATE INDEX deliveries_due ON deliveries (webhook, due_at) WHERE state = 'pending';
  CREATE INDEX deliveries_by_state ON deliveries (state, created_at, id, webhook, events, user_id);
  CREATE INDEX deliveries_by_webhook ON deliveries (webhook, events, created_at, id, user_id);
  CREATE INDEX deliveries_by_events ON deliveries (events, created_at, id, webhook);
  CREATE TABLE hours (
    hour bigint NOT NULL,
    webhook text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    attempts bigint NOT NULL,
    duration_ms bigint NOT NULL,
    PRIMARY KEY (hour, webhook, outcome)
  ) WITH (fillfactor = 50);
  CREATE INDEX hours_by_webhook ON hours (webhook, hour);
  CREATE TABLE webhooks (id text PRIMARY KEY, record text NOT NULL);
  CREATE TABLE numbers (name text PRIMARY KEY, value bigint NOT NULL);
  INSERT INTO numbers VALUES ('webhooks_revision', 0);
  CREATE TABLE state (
    key text COLLATE "C" PRIMARY KEY,
    at bigint NOT NULL,
    size bigint NOT NULL,
    value text NOT NULL
  );
  CREATE INDEX state_at ON state (at);
  CREATE TABLE applied (once text COLLATE "C" PRIMARY KEY, at bigint NOT NULL, queued text);
  CREATE INDEX applied_at ON applied (at);
  CREATE TABLE version (version integer NOT NULL);
  INSERT INTO version VALUES (0);`,
  consoleTables,
  jobTables,
  appliedFingerprints,
]

/** How long a step may wait for a table that others use, in milliseconds: whoever comes later waits behind it. */
const longestLockMs = 3000
/** A step over many rows takes its time. */
const longestStepMs = 60 * 60 * 1000

export interface MigrateOptions {
  /** Whether a version that this Tourhook does not know is no reason to stop. @default false */
  mayBeNewer?: boolean | undefined
}

/**
 * Prepares a schema: our tables in the present version.
 *
 * What is there already needs no permission but to use it.
 *
 * @throws {Error} (rejects) when a newer Tourhook has written it, or the database can't hold every character.
 */
export async function migrate(
  pool: Pool,
  schema: string,
  { mayBeNewer = false }: MigrateOptions = {},
): Promise<void> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    if ((await versionOf(client, schema, { mayBeNewer })) < steps.length) await migrateTables(client, schema)
  } catch (error) {
    failure = toError(error)
    throw error
  } finally {
    client.release(failure)
  }
}

/** The version of a schema's tables; 0 when there are none. */
async function versionOf(client: PoolClient, schema: string, { mayBeNewer }: MigrateOptions): Promise<number> {
  const { rows } = await client.query(`SELECT to_regclass('${schema}.version') IS NOT NULL AS exists`)
  if (!rows[0]?.exists) return 0
  const version = Number((await client.query(`SELECT version FROM ${schema}.version`)).rows[0]?.version)
  if (version > steps.length && !mayBeNewer) {
    throw new Error(`The database has schema version ${version}; this Tourhook knows up to ${steps.length}`)
  }
  return version
}

async function migrateTables(client: PoolClient, schema: string): Promise<void> {
  function run(text: string) {
    const statement = { text, query_timeout: longestStepMs }
    return client.query(statement)
  }
  await run(`BEGIN; SET LOCAL statement_timeout = ${longestStepMs}`)
  // Several companions may start at once.
  await run(`SELECT pg_advisory_xact_lock(hashtextextended('tourhook:${schema}', 0))`)
  await run(`SET LOCAL lock_timeout = ${longestLockMs}`)
  await checkEncoding(client)
  const version = await versionOf(client, schema, {})
  const { rows } = await run(`SELECT to_regnamespace('${schema}') IS NOT NULL AS exists`)
  // Even where there is one, to ask for it takes a permission that many hosts don't give.
  if (!rows[0]?.exists) await run(`CREATE SCHEMA ${schema}`)
  await run(`SET LOCAL search_path TO ${schema}`)
  for (const step of steps.slice(version)) await run(step)
  await run(`UPDATE version SET version = ${steps.length}`)
  await run('COMMIT')
}

/** What visitors write has any character; in `SQL_ASCII` texts are bytes. */
async function checkEncoding(client: PoolClient): Promise<void> {
  const { rows } = await client.query('SHOW server_encoding')
  const encoding = String(rows[0]?.server_encoding)
  if (['UTF8', 'SQL_ASCII'].includes(encoding)) return
  throw new Error(
    `The database keeps its texts in ${encoding}, which has no place for most characters: create one with ENCODING 'UTF8'`,
  )
}
