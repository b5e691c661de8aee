import type { Pool } from 'pg'
import { consoleTables } from './console-tables.ts'

/** Each step leads from its index, as a schema version, to the next; a released step never changes. */
const steps = [
  `CREATE TABLE deliveries (
    id text PRIMARY KEY,
    webhook text NOT NULL,
    state text NOT NULL DEFAULT 'pending',
    user_id text,
    events text NOT NULL,
    message json NOT NULL,
    content json,
    created_at bigint NOT NULL,
    due_at bigint NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    attempts jsonb NOT NULL DEFAULT '[]'
  );
  CREATE INDEX deliveries_log ON deliveries (created_at, id);
  CREATE TABLE webhooks (id text PRIMARY KEY, record json NOT NULL);
  CREATE TABLE state (key text PRIMARY KEY, value json NOT NULL);
  CREATE TABLE applied (once text PRIMARY KEY, at bigint NOT NULL);
  CREATE INDEX applied_at ON applied (at);
  CREATE TABLE version (version integer NOT NULL);
  INSERT INTO version VALUES (0);`,
  consoleTables,
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
