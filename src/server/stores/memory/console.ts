import type { Json } from '../../../values/json.ts'
import { type BulkJob, keptJobs } from '../bulk-job.ts'
import type {
  AuditRecord,
  ConsoleDocument,
  ConsoleSession,
  ConsoleStore,
  ConsoleVersion,
  DocumentKind,
  SettingKey,
} from '../console-store.ts'
import { keptVersions } from '../console-store.ts'

/** Keeps the console's content in memory. */
export function memoryConsole(): ConsoleStore {
  const documents = new Map<string, ConsoleDocument>()
  const sessions = new Map<string, ConsoleSession>()
  let versions: ConsoleVersion[] = []
  let jobs: BulkJob[] = []
  const settings = new Map<SettingKey, Json>()
  const audit: AuditRecord[] = []

  function keyOf(kind: DocumentKind, id: string): string {
    return `${kind}/${id}`
  }

  return {
    documents: async () => structuredClone([...documents.values()].sort(byKindAndId)),
    document: async (kind, id) => structuredClone(documents.get(keyOf(kind, id))),
    async changeDocument(kind, id, change) {
      const key = keyOf(kind, id)
      const changed = structuredClone(change(structuredClone(documents.get(key))))
      if (changed) documents.set(key, changed)
      else documents.delete(key)
      return structuredClone(changed)
    },

    latestVersion: async () => versions[0]?.number ?? 0,
    version: async number => structuredClone(versions.find(version => version.number === number)),
    versions: async ({ limit, before = Number.POSITIVE_INFINITY }) =>
      versions
        .filter(({ number }) => number < before)
        .slice(0, limit)
        .map(({ config: _, ...heading }) => heading),
    async addVersion(version) {
      if (version.number !== (versions[0]?.number ?? 0) + 1) return false
      versions = [structuredClone(version), ...versions].slice(0, keptVersions)
      return true
    },

    async addAudit(entry) {
      audit.unshift({ ...structuredClone(entry), number: audit.length + 1 })
    },
    audit: async ({ limit, before = Number.POSITIVE_INFINITY, target }) =>
      structuredClone(
        audit
          .filter(entry => entry.number < before && (target === undefined || entry.target === target))
          .slice(0, limit),
      ),

    async addSession(session) {
      sessions.set(session.hash, structuredClone(session))
    },
    session: async hash => structuredClone(sessions.get(hash)),
    async sessions(now) {
      for (const { hash, until } of sessions.values()) if (until <= now) sessions.delete(hash)
      return structuredClone([...sessions.values()].sort((a, b) => b.createdAt - a.createdAt))
    },
    async prolongSession(hash, until) {
      const session = sessions.get(hash)
      if (session) sessions.set(hash, { ...session, until })
    },
    removeSession: async hash => sessions.delete(hash),

    async addJob(job) {
      jobs = [structuredClone(job), ...jobs].slice(0, keptJobs)
    },
    jobs: async () => structuredClone(jobs),
    job: async id => structuredClone(jobs.find(job => job.id === id)),
    async changeJob(id, change) {
      const before = jobs.find(job => job.id === id)
      const changed = before && (structuredClone(change(structuredClone(before))) ?? before)
      if (changed) jobs = jobs.map(job => (job.id === id ? changed : job))
      return structuredClone(changed)
    },

    setting: async key => structuredClone(settings.get(key)),
    async changeSetting(key, change) {
      const changed = change(structuredClone(settings.get(key)))
      if (changed !== undefined) settings.set(key, structuredClone(changed))
      return structuredClone(settings.get(key))
    },
  }
}

function byKindAndId(a: ConsoleDocument, b: ConsoleDocument): number {
  const [left, right] = [`${a.kind}/${a.id}`, `${b.kind}/${b.id}`]
  return left < right ? -1 : left > right ? 1 : 0
}
