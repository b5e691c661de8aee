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
import type { Connection } from './connection.ts'
import { storable } from './rows.ts'

type Row = Record<string, unknown>

/** Keeps the console's content in the deliveries' own database, for several companions. */
export function postgresConsole({ query, transact }: Connection, schema: string): ConsoleStore {
  const [documents, versions, audit, sessions, jobs, settings] = [
    'documents',
    'versions',
    'audit',
    'sessions',
    'jobs',
    'settings',
  ].map(table => `${schema}.${table}`)

  async function rows(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await query(text, values)).rows
  }

  return {
    async documents() {
      const found = await rows(`SELECT document FROM ${documents} ORDER BY kind COLLATE "C", id COLLATE "C"`)
      return found.map(row => parse<ConsoleDocument>(row.document))
    },
    async document(kind, id) {
      const [row] = await rows(`SELECT document FROM ${documents} WHERE kind = $1 AND id = $2`, [
        kind,
        JSON.stringify(id),
      ])
      return row && parse<ConsoleDocument>(row.document)
    },
    changeDocument: (kind, id, change) =>
      transact(async client => {
        const key = JSON.stringify(id)
        // A row that isn't there yet can't be locked.
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `${schema}:document:${kind}:${key}`,
        ])
        const { rows } = await client.query<Row>(
          `SELECT document FROM ${documents} WHERE kind = $1 AND id = $2`,
          [kind, key],
        )
        const changed = change(rows[0] && parse<ConsoleDocument>(rows[0].document))
        if (changed) {
          await client.query(
            `INSERT INTO ${documents} (kind, id, document) VALUES ($1, $2, $3)
            ON CONFLICT (kind, id) DO UPDATE SET document = excluded.document`,
            [kind, key, JSON.stringify(changed)],
          )
        } else await client.query(`DELETE FROM ${documents} WHERE kind = $1 AND id = $2`, [kind, key])
        return changed
      }),

    async latestVersion() {
      const [row] = await rows(`SELECT coalesce(max(number), 0) AS number FROM ${versions}`)
      return Number(row?.number)
    },
    async version(number) {
      const [row] = await rows(`SELECT heading, config FROM ${versions} WHERE number = $1`, [number])
      return row && { ...parse<VersionHeading>(row.heading), config: parse(row.config) }
    },
    async versions({ limit, before = 2_147_483_647 }) {
      const found = await rows(
        `SELECT heading FROM ${versions} WHERE number < $1 ORDER BY number DESC LIMIT $2`,
        [before, limit],
      )
      return found.map(row => parse<VersionHeading>(row.heading))
    },
    addVersion: ({ config, ...heading }) =>
      transact(async client => {
        const { rowCount } = await client.query(
          `INSERT INTO ${versions} (number, heading, config)
          SELECT $1::integer, $2, $3 WHERE (SELECT coalesce(max(number), 0) FROM ${versions}) = $1::integer - 1
          ON CONFLICT DO NOTHING`,
          [heading.number, JSON.stringify(heading), JSON.stringify(config)],
        )
        if (!rowCount) return false
        await client.query(`DELETE FROM ${versions} WHERE number <= $1`, [heading.number - keptVersions])
        return true
      }),

    async addAudit(entry) {
      await query(`INSERT INTO ${audit} (target, entry) VALUES ($1, $2)`, [
        JSON.stringify(entry.target),
        JSON.stringify(entry),
      ])
    },
    async audit({ limit, before = Number.MAX_SAFE_INTEGER, target }) {
      const found = await rows(
        `SELECT number, entry FROM ${audit} WHERE number < $1 AND ($2::text IS NULL OR target = $2)
        ORDER BY number DESC LIMIT $3`,
        [before, target === undefined ? null : JSON.stringify(target), limit],
      )
      return found.map(row => ({ ...parse<AuditRecord>(row.entry), number: Number(row.number) }))
    },

    async addSession(session) {
      await query(
        `INSERT INTO ${sessions} (hash, until, session) VALUES ($1, $2, $3)
        ON CONFLICT (hash) DO UPDATE SET until = excluded.until, session = excluded.session`,
        [session.hash, session.until, JSON.stringify(session)],
      )
    },
    async session(hash) {
      const [row] = await rows(`SELECT until, session FROM ${sessions} WHERE hash = $1`, [hash])
      return row && sessionOf(row)
    },
    async sessions(now) {
      await query(`DELETE FROM ${sessions} WHERE until <= $1`, [now])
      const found = await rows(`SELECT until, session FROM ${sessions}`)
      return found.map(sessionOf).sort((a, b) => b.createdAt - a.createdAt)
    },
    async prolongSession(hash, until) {
      await query(`UPDATE ${sessions} SET until = $2 WHERE hash = $1`, [hash, until])
    },
    async removeSession(hash) {
      return ((await query(`DELETE FROM ${sessions} WHERE hash = $1`, [hash])).rowCount ?? 0) > 0
    },

    async addJob(job) {
      await query(`INSERT INTO ${jobs} (id, job) VALUES ($1, $2)`, [job.id, JSON.stringify(job)])
      await query(`DELETE FROM ${jobs} WHERE number <= (SELECT max(number) FROM ${jobs}) - ${keptJobs}`)
    },
    async jobs() {
      return (await rows(`SELECT job FROM ${jobs} ORDER BY number DESC`)).map(({ job }) => parse<BulkJob>(job))
    },
    async job(id) {
      const [row] = await rows(`SELECT job FROM ${jobs} WHERE id = $1`, [storable(id)])
      return row && parse<BulkJob>(row.job)
    },
    changeJob: (id, change) =>
      transact(async client => {
        const { rows } = await client.query<Row>(`SELECT job FROM ${jobs} WHERE id = $1 FOR UPDATE`, [
          storable(id),
        ])
        if (!rows[0]) return undefined
        const before = parse<BulkJob>(rows[0].job)
        const changed = change(before)
        if (changed) {
          await client.query(`UPDATE ${jobs} SET job = $2 WHERE id = $1`, [
            storable(id),
            JSON.stringify(changed),
          ])
        }
        return changed ?? before
      }),

    async setting(key) {
      const [row] = await rows(`SELECT value FROM ${settings} WHERE key = $1`, [key])
      return row && parse<Json>(row.value)
    },
    changeSetting: (key, change) =>
      transact(async client => {
        // A row that isn't there yet can't be locked.
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `${schema}:setting:${key}`,
        ])
        const { rows } = await client.query<Row>(`SELECT value FROM ${settings} WHERE key = $1`, [key])
        const before = rows[0] && parse<Json>(rows[0].value)
        const changed = change(before)
        if (changed !== undefined) {
          await client.query(
            `INSERT INTO ${settings} (key, value) VALUES ($1, $2)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
            [key, JSON.stringify(changed)],
          )
        }
        return changed ?? before
      }),
  }
}

function sessionOf(row: Row): ConsoleSession {
  return { ...parse<ConsoleSession>(row.session), until: Number(row.until) }
}

function parse<T>(text: unknown): T {
  return JSON.parse(String(text))
}
