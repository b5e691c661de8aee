import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { forgottenReason } from '../reasons.ts'

/**
 * The webhooks that have pending deliveries, one after the other by the index: what waits behind the first is not read.
 *
 * Left to itself, SQLite takes another index and reads it all, once for each webhook.
 */
const waiting = `WITH RECURSIVE waiting (webhook) AS (
    SELECT min(webhook) FROM deliveries INDEXED BY deliveries_due WHERE state = 'pending'
    UNION ALL
    SELECT (SELECT min(webhook) FROM deliveries INDEXED BY deliveries_due
      WHERE state = 'pending' AND webhook > waiting.webhook)
    FROM waiting WHERE webhook IS NOT NULL)
  SELECT webhook FROM waiting WHERE webhook IS NOT NULL`

/**
 * Of rows that were found a moment ago, those that still match: since then they may have been delivered, forgotten, or
 * pruned, and another row may have their number.
 */
const stillMatches = `rowid IN (SELECT value FROM json_each(:rowids)) AND created_at BETWEEN :oldest AND :newest
  AND state = coalesce(:state, state) AND user_id IS coalesce(:userId, user_id)`

/** The attempts and the one in ?1, of which nothing is kept that may quote a user who was forgotten meanwhile. */
const logged = `iif(attempts = '', '', attempts || ',') || iif(reason = '${forgottenReason}', json_remove(?1, '$.answer'), ?1)`

/** The statements of a store, prepared once. */
export function statementsOf(db: DatabaseSync) {
  const prepare = (text: string): StatementSync => db.prepare(text)
  return {
    insert: prepare(`INSERT INTO deliveries
        (id, webhook, user_id, events, message, content, fingerprint, created_at, due_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    waiting: prepare(waiting),
    due: prepare(`${waiting} AND EXISTS (
      SELECT 1 FROM deliveries AS one WHERE state = 'pending' AND one.webhook = waiting.webhook AND due_at <= ?)`),
    newest: prepare(`SELECT max(at) AS at FROM (
        SELECT max(created_at) AS at FROM deliveries WHERE state = 'pending'
        UNION ALL SELECT max(created_at) FROM deliveries WHERE state = 'delivered'
        UNION ALL SELECT max(created_at) FROM deliveries WHERE state = 'failed')`),
    hasten: prepare(`UPDATE deliveries SET due_at = ?1 WHERE rowid IN (
        SELECT rowid FROM deliveries WHERE state = 'pending' AND created_at > ?1 AND due_at > ?1 AND lease IS NULL
        LIMIT ?2)`),
    // A lease is a due time put off: when it runs out, the delivery is due again by itself.
    claim: prepare(`UPDATE deliveries SET due_at = ?, lease = ? WHERE rowid IN (
        SELECT rowid FROM deliveries WHERE webhook = ? AND state = 'pending' AND due_at <= ?
        ORDER BY due_at LIMIT ?)
      RETURNING id, message, content, created_at, failures`),
    settle: prepare(`UPDATE deliveries SET state = ?2, due_at = coalesce(?3, due_at), failures = failures + ?4,
        attempts = CASE WHEN ?1 IS NULL THEN attempts ELSE ${logged} END, reason = ?5, lease = NULL
      WHERE id = ?6 AND webhook = ?7 AND (lease = ?8 OR ?2 = 'delivered')`),
    log: prepare(`UPDATE deliveries SET attempts = ${logged} WHERE id = ?2 AND webhook = ?3`),
    get: prepare('SELECT * FROM deliveries WHERE id = ? AND webhook = ?'),
    withId: prepare('SELECT rowid, * FROM deliveries WHERE id = ? ORDER BY webhook'),
    requeue:
      prepare(`UPDATE deliveries SET state = 'pending', due_at = :now, failures = 0, lease = NULL, reason = NULL
      WHERE ${stillMatches} AND (state <> 'pending' OR lease IS NULL OR due_at <= :now)`),
    cancel: prepare(`UPDATE deliveries SET state = 'failed', lease = NULL, reason = :reason
      WHERE ${stillMatches} AND state = 'pending'`),
    ofUser: prepare(
      `SELECT rowid, * FROM deliveries WHERE rowid IN (SELECT value FROM json_each(?)) AND user_id = ?`,
    ),
    clear:
      prepare(`UPDATE deliveries SET user_id = NULL, message = ?, content = NULL, fingerprint = NULL, attempts = ?,
        reason = CASE WHEN state = 'pending' THEN ? ELSE reason END,
        lease = CASE WHEN state = 'pending' THEN NULL ELSE lease END,
        state = CASE WHEN state = 'pending' THEN 'failed' ELSE state END
      WHERE rowid = ?`),
    failSome: prepare(`UPDATE deliveries SET state = 'failed', lease = NULL, reason = ? WHERE rowid IN (
        SELECT rowid FROM deliveries WHERE webhook = ? AND state = 'pending' LIMIT ?)`),
    pruneSettled: prepare(`DELETE FROM deliveries WHERE rowid IN (
        SELECT rowid FROM deliveries WHERE state = ? AND created_at < ? LIMIT ?)`),
    prunePending: prepare(`DELETE FROM deliveries WHERE rowid IN (
        SELECT rowid FROM deliveries WHERE state = 'pending' AND created_at < ?
          AND webhook NOT IN (SELECT value FROM json_each(?)) LIMIT ?)`),
    pruneApplied: prepare(`DELETE FROM applied WHERE rowid IN (
        SELECT rowid FROM applied WHERE at < ? LIMIT ?)`),
    pruneHours: prepare(`DELETE FROM hours WHERE rowid IN (SELECT rowid FROM hours WHERE hour < ? LIMIT ?)`),
    pruneState: prepare(`DELETE FROM state WHERE rowid IN (SELECT rowid FROM state WHERE at < ? LIMIT ?)
      RETURNING size`),
    countHour: prepare(`INSERT INTO hours (hour, webhook, outcome, attempts, duration_ms) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET attempts = attempts + excluded.attempts,
        duration_ms = duration_ms + excluded.duration_ms`),
    hours: prepare(`SELECT * FROM hours WHERE hour >= ? AND hour < ? ORDER BY hour`),
    hoursTogether:
      prepare(`SELECT hour, '' AS webhook, outcome, sum(attempts) AS attempts, sum(duration_ms) AS duration_ms
      FROM hours WHERE hour >= ? AND hour < ? GROUP BY hour, outcome ORDER BY hour`),
    hoursOf: prepare(`SELECT * FROM hours
      WHERE webhook IN (SELECT value FROM json_each(?)) AND hour >= ? AND hour < ? ORDER BY hour`),
    webhooks: prepare('SELECT record FROM webhooks'),
    webhook: prepare('SELECT record FROM webhooks WHERE id = ?'),
    putWebhook: prepare('INSERT OR REPLACE INTO webhooks (id, record) VALUES (?, ?)'),
    removeWebhook: prepare('DELETE FROM webhooks WHERE id = ?'),
    number: prepare('SELECT value FROM numbers WHERE name = ?'),
    addTo: prepare('UPDATE numbers SET value = value + ? WHERE name = ?'),
    read: prepare('SELECT value, size FROM state WHERE key = ?'),
    write: prepare('INSERT OR REPLACE INTO state (key, at, size, value) VALUES (?, ?, ?, ?)'),
    forget: prepare('DELETE FROM state WHERE key = ? RETURNING size'),
    seen: prepare('SELECT queued, fingerprint FROM applied WHERE once = ?'),
    applied: prepare('INSERT INTO applied (once, at, queued, fingerprint) VALUES (?, ?, ?, ?)'),
  }
}

/** The statements of a store. */
export type Statements = ReturnType<typeof statementsOf>
