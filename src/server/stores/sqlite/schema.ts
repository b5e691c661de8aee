import type { DatabaseSync } from 'node:sqlite'
import { appliedFingerprints, consoleTables, jobTables } from './console-tables.ts'

/** Each step leads from its index, as a schema version, to the next; a released step never changes. */
const steps = [
  // The log's indexes hold what it is searched by, so that few rows are read that don't match; see search.ts.
  `CREATE TABLE deliveries (
    id TEXT NOT NULL,
    webhook TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    user_id TEXT,
    events TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    lease TEXT,
    reason TEXT,
    fingerprint TEXT,
    message TEXT NOT NULL,
    content TEXT,
    attempts TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (id, webhook)
  );
  CREATE INDEX deliveries_due ON deliveries (webhook, due_at) WHERE state = 'pending';
  CREATE INDEX deliveries_by_state ON deliveries (state, created_at, id, webhook, events, user_id);
  CREATE INDEX deliveries_by_webhook ON deliveries (webhook, events, created_at, id, user_id);
  CREATE INDEX deliveries_by_events ON deliveries (events, created_at, id, webhook);
  CREATE TABLE hours (
    hour INTEGER NOT NULL,
    webhook TEXT NOT NULL,
    outcome TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    PRIMARY KEY (hour, webhook, outcome)
  );
  CREATE INDEX hours_by_webhook ON hours (webhook, hour);
  CREATE TABLE webhooks (id TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL);
  CREATE TABLE state (
    key TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    value TEXT NOT NULL
  );
  CREATE INDEX state_at ON state (at);
  CREATE TABLE applied (once TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, queued TEXT);
  CREATE INDEX applied_at ON applied (at);
  CREATE TABLE numbers (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL);
  INSERT INTO numbers VALUES ('state_size', 0), ('webhooks_revision', 0);`,
  consoleTables,
  jobTables,
  appliedFingerprints,
]

/** Below it, processes that share a file may lose what was written: https://sqlite.org/wal.html#walresetbug */
const firstSafeToShare = [3, 51, 3]

/**
 * Prepares a database file: its settings, and its tables in the present version.
 *
 * @throws {Error} when a newer Tourhook has written it.
 */
export function migrate(db: DatabaseSync): void {
  // To prepare it at the start is worth a wait; later, `createTransactor` waits in pauses.
  db.exec('PRAGMA busy_timeout = 5000')
  if (!isSafeToShare(db)) db.exec('PRAGMA locking_mode = EXCLUSIVE')
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  checkpointEvery(db, 'seldom')
  if (versionOf(db) !== steps.length) migrateTables(db)
  db.exec('PRAGMA busy_timeout = 0')
}

/**
 * How much is written before it moves from the log into the file, within one commit. It flushes twice: at 16 MB instead of 4 it
 * costs a fifth less a delivery. A long task changes pages all over the file, and would stand still for twice as long.
 */
export function checkpointEvery(db: DatabaseSync, pace: 'seldom' | 'often'): void {
  db.exec(`PRAGMA wal_autocheckpoint = ${pace === 'seldom' ? 4000 : 1000}`)
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version)
}

function migrateTables(db: DatabaseSync) {
  db.exec('BEGIN IMMEDIATE')
  try {
    const version = versionOf(db)
    if (version > steps.length) {
      throw new Error(`The database has schema version ${version}; this Tourhook knows up to ${steps.length}`)
    }
    for (const step of steps.slice(version)) db.exec(step)
    db.exec(`PRAGMA user_version = ${steps.length}; COMMIT`)
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

function isSafeToShare(db: DatabaseSync): boolean {
  const version = String(db.prepare('SELECT sqlite_version() AS version').get()?.version)
  const parts = version.split('.').map(Number)
  const index = firstSafeToShare.findIndex((part, index) => part !== parts[index])
  return index === -1 || (parts[index] ?? 0) > (firstSafeToShare[index] ?? 0)
}
