import type { DatabaseSync } from 'node:sqlite'
import type { Json } from '../../../values/json.ts'
import { type BulkJob, keptJobs } from '../bulk-job.ts'
import {
  type AuditRecord,
  type ConsoleDocument,
  type ConsoleSession,
  type ConsoleStore,
  keptVersions,
  type VersionHeading,
} from '../console-store.ts'
import type { Transact } from './transactor.ts'

/** Keeps the console's content in the deliveries' own file. */
export function sqliteConsole(db: DatabaseSync, transact: Transact): ConsoleStore {
  const sql = {
    documents: db.prepare('SELECT document FROM documents ORDER BY kind, id'),
    document: db.prepare('SELECT document FROM documents WHERE kind = ? AND id = ?'),
    putDocument: db.prepare('INSERT OR REPLACE INTO documents (kind, id, document) VALUES (?, ?, ?)'),
    removeDocument: db.prepare('DELETE FROM documents WHERE kind = ? AND id = ?'),
    latest: db.prepare('SELECT coalesce(max(number), 0) AS number FROM versions'),
    version: db.prepare('SELECT heading, config FROM versions WHERE number = ?'),
    versions: db.prepare('SELECT heading FROM versions WHERE number < ? ORDER BY number DESC LIMIT ?'),
    addVersion: db.prepare('INSERT INTO versions (number, heading, config) VALUES (?, ?, ?)'),
    pruneVersions: db.prepare('DELETE FROM versions WHERE number <= ?'),
    addAudit: db.prepare('INSERT INTO audit (target, entry) VALUES (?, ?)'),
    audit: db.prepare('SELECT number, entry FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?'),
    auditOf: db.prepare(
      'SELECT number, entry FROM audit WHERE number < ? AND target = ? ORDER BY number DESC LIMIT ?',
    ),
    addSession: db.prepare('INSERT OR REPLACE INTO sessions (hash, until, session) VALUES (?, ?, ?)'),
    session: db.prepare('SELECT until, session FROM sessions WHERE hash = ?'),
    sessions: db.prepare('SELECT until, session FROM sessions WHERE until > ?'),
    pruneSessions: db.prepare('DELETE FROM sessions WHERE until <= ?'),
    prolong: db.prepare('UPDATE sessions SET until = ? WHERE hash = ?'),
    removeSession: db.prepare('DELETE FROM sessions WHERE hash = ?'),
    addJob: db.prepare('INSERT INTO jobs (id, job) VALUES (?, ?)'),
    pruneJobs: db.prepare(`DELETE FROM jobs WHERE number <= (SELECT max(number) FROM jobs) - ${keptJobs}`),
    jobs: db.prepare('SELECT job FROM jobs ORDER BY number DESC'),
    job: db.prepare('SELECT job FROM jobs WHERE id = ?'),
    changeJob: db.prepare('UPDATE jobs SET job = ? WHERE id = ?'),
    setting: db.prepare('SELECT value FROM settings WHERE key = ?'),
    putSetting: db.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)'),
  }

  return {
    documents: async () => sql.documents.all().map(row => parse<ConsoleDocument>(row.document)),
    async document(kind, id) {
      const row = sql.document.get(kind, JSON.stringify(id))
      return row && parse<ConsoleDocument>(row.document)
    },
    changeDocument: (kind, id, change) =>
      transact(() => {
        const key = JSON.stringify(id)
        const row = sql.document.get(kind, key)
        const changed = change(row && parse<ConsoleDocument>(row.document))
        if (changed) sql.putDocument.run(kind, key, JSON.stringify(changed))
        else sql.removeDocument.run(kind, key)
        return changed
      }),

    latestVersion: async () => Number(sql.latest.get()?.number),
    async version(number) {
      const row = sql.version.get(number)
      return row && { ...parse<VersionHeading>(row.heading), config: parse(row.config) }
    },
    versions: async ({ limit, before = Number.MAX_SAFE_INTEGER }) =>
      sql.versions.all(before, limit).map(row => parse<VersionHeading>(row.heading)),
    addVersion: ({ config, ...heading }) =>
      transact(() => {
        if (Number(sql.latest.get()?.number) !== heading.number - 1) return false
        sql.addVersion.run(heading.number, JSON.stringify(heading), JSON.stringify(config))
        sql.pruneVersions.run(heading.number - keptVersions)
        return true
      }),

    addAudit: entry =>
      transact(() => {
        sql.addAudit.run(JSON.stringify(entry.target), JSON.stringify(entry))
      }),
    async audit({ limit, before = Number.MAX_SAFE_INTEGER, target }) {
      const rows =
        target === undefined
          ? sql.audit.all(before, limit)
          : sql.auditOf.all(before, JSON.stringify(target), limit)
      return rows.map(row => ({ ...parse<AuditRecord>(row.entry), number: Number(row.number) }))
    },

    addSession: session =>
      transact(() => {
        sql.addSession.run(session.hash, session.until, JSON.stringify(session))
      }),
    async session(hash) {
      const row = sql.session.get(hash)
      return row && sessionOf(row)
    },
    sessions: now =>
      transact(() => {
        sql.pruneSessions.run(now)
        return sql.sessions
          .all(now)
          .map(sessionOf)
          .sort((a, b) => b.createdAt - a.createdAt)
      }),
    prolongSession: (hash, until) =>
      transact(() => {
        sql.prolong.run(until, hash)
      }),
    removeSession: hash => transact(() => Number(sql.removeSession.run(hash).changes) > 0),

    addJob: job =>
      transact(() => {
        sql.addJob.run(job.id, JSON.stringify(job))
        sql.pruneJobs.run()
      }),
    jobs: async () => sql.jobs.all().map(({ job }) => parse<BulkJob>(job)),
    async job(id) {
      const row = sql.job.get(id)
      return row && parse<BulkJob>(row.job)
    },
    changeJob: (id, change) =>
      transact(() => {
        const row = sql.job.get(id)
        if (!row) return undefined
        const before = parse<BulkJob>(row.job)
        const changed = change(before)
        if (changed) sql.changeJob.run(JSON.stringify(changed), id)
        return changed ?? before
      }),

    setting: async key => settingOf(sql.setting.get(key)),
    changeSetting: (key, change) =>
      transact(() => {
        const before = settingOf(sql.setting.get(key))
        const changed = change(before)
        if (changed !== undefined) sql.putSetting.run(key, JSON.stringify(changed))
        return changed ?? before
      }),
  }
}

function settingOf(row: Record<string, unknown> | undefined): Json | undefined {
  return row && parse<Json>(row.value)
}

function sessionOf(row: Record<string, unknown>): ConsoleSession {
  return { ...parse<ConsoleSession>(row.session), until: Number(row.until) }
}

function parse<T>(text: unknown): T {
  return JSON.parse(String(text))
}
