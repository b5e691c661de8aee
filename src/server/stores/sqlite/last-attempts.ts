import type { DatabaseSync } from 'node:sqlite'
import { lastAttemptOf, newestLookedAt } from '../last-attempt.ts'
import type { LastAttempt } from '../store.ts'

/** Reads the last attempt at each of some webhooks, by a few entries of the index each. */
export function createLastAttempts(
  db: DatabaseSync,
): (webhooks: readonly string[]) => Map<string, LastAttempt> {
  const newest = db.prepare(`WITH RECURSIVE sets (events) AS (
      SELECT min(events) FROM deliveries WHERE webhook = ?1
      UNION ALL
      SELECT (SELECT min(events) FROM deliveries WHERE webhook = ?1 AND events > sets.events)
      FROM sets WHERE events IS NOT NULL)
    SELECT group_concat(attempts) AS attempts FROM sets JOIN deliveries AS one ON one.rowid IN (
      SELECT rowid FROM deliveries WHERE webhook = ?1 AND events = sets.events
      ORDER BY created_at DESC LIMIT ${newestLookedAt})
    WHERE attempts <> ''`)

  return webhooks => {
    const found = new Map<string, LastAttempt>()
    for (const webhook of webhooks) {
      const last = lastAttemptOf(String(newest.get(webhook)?.attempts ?? ''))
      if (last) found.set(webhook, last)
    }
    return found
  }
}
