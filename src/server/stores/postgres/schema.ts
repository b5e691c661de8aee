import type { Pool } from 'pg'
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

/**
 * Prepares a schema: our tables in the present version.
 *
 * @throws {Error} (rejects) when a newer Tourhook has written it.
 */
export async function migrate(pool: Pool, schema: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    // Several companions may start at once.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tourhook:${schema}`])
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    await client.query(`SET LOCAL search_path TO ${schema}`)
    const { rows } = await client.query(`SELECT to_regclass('${schema}.version') IS NOT NULL AS exists`)
    const version = rows[0]?.exists ? (await client.query('SELECT version FROM version')).rows[0]?.version : 0
    if (version > steps.length) {
      throw new Error(`The database has schema version ${version}; this Tourhook knows up to ${steps.length}`)
    }
    for (const step of steps.slice(version)) await client.query(step)
    await client.query('UPDATE version SET version = $1', [steps.length])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
