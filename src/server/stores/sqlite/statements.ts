import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Makes deliveries due at `?`, from the schedule's start; a condition follows. */
export const requeueSettled = `UPDATE deliveries SET state = 'pending', due_at = ?, failures = 0, lease = NULL`

/** The statements of a store, prepared once. */
export function statementsOf(db: DatabaseSync) {
  const prepare = (text: string): StatementSync => db.prepare(text)
  return {
    insert: prepare(`INSERT INTO deliveries (id, webhook, user_id, events, message, content, created_at, due_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    // A lease is a due time put off: when it runs out, the delivery is due again by itself.
    claim: prepare(`UPDATE deliveries SET due_at = ?, lease = ? WHERE rowid IN (
        SELECT rowid FROM deliveries WHERE webhook = ? AND state = 'pending' AND due_at <= ?
        ORDER BY due_at LIMIT ?)
      RETURNING id, message, content, created_at, failures`),
    settle: prepare(`UPDATE deliveries SET state = ?, due_at = coalesce(?, due_at), failures = failures + ?,
        attempts = CASE WHEN ? IS NULL THEN attempts ELSE json_insert(attempts, '$[#]', json(?)) END, lease = NULL
      WHERE id = ? AND (lease = ? OR ? = 'delivered')`),
    log: prepare(`UPDATE deliveries SET attempts = json_insert(attempts, '$[#]', json(?)) WHERE id = ?`),
    get: prepare('SELECT * FROM deliveries WHERE id = ?'),
    requeue: prepare(`${requeueSettled} WHERE id = ? AND (state <> 'pending' OR lease IS NULL OR due_at <= ?)`),
    prune: prepare(`DELETE FROM deliveries WHERE rowid IN (
        SELECT rowid FROM deliveries WHERE created_at < ?
          AND (state <> 'pending' OR webhook NOT IN (SELECT value FROM json_each(?))) LIMIT ?)`),
    pruneApplied: prepare(`DELETE FROM applied WHERE rowid IN (
        SELECT rowid FROM applied WHERE at < ? LIMIT ?)`),
    webhooks: prepare('SELECT record FROM webhooks'),
    webhook: prepare('SELECT record FROM webhooks WHERE id = ?'),
    putWebhook: prepare('INSERT OR REPLACE INTO webhooks (id, record) VALUES (?, ?)'),
    removeWebhook: prepare('DELETE FROM webhooks WHERE id = ?'),
    failAll: prepare(`UPDATE deliveries SET state = 'failed', lease = NULL
      WHERE webhook = ? AND state = 'pending'`),
    read: prepare('SELECT value FROM state WHERE key = ?'),
    write: prepare('INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)'),
    seen: prepare('SELECT 1 FROM applied WHERE once = ?'),
    applied: prepare('INSERT INTO applied (once, at) VALUES (?, ?)'),
  }
}
