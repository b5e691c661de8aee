import type { AuditLine } from '../../schema/admin/audit-line.ts'
import type { Json } from '../../values/json.ts'
import type { BulkJob } from './bulk-job.ts'

/** What people write in the console; webhooks are not among it, since they work at once. */
export type DocumentKind = 'tours' | 'checklists' | 'banners' | 'segments'

/** One content as people work on it, before it is published. */
export interface ConsoleDocument {
  kind: DocumentKind
  id: string
  /** What will be published; `null` when it will be removed. */
  draft: Json
  /** Counts the saves, from 1. */
  rev: number
  /** Who saved it last. */
  by: string
  /** When, in milliseconds since 1970. */
  at: number
  /** The drafts that were before this one, the newest first; a save is merged with the one that it began from. */
  earlier: { rev: number; draft: Json }[]
}

/** Everything that was published at one moment. */
export interface ConsoleVersion {
  /** Counted from 1. */
  number: number
  /** Milliseconds since 1970. */
  at: number
  by: string
  note: string
  /** The whole content of the console, not what changed in it. */
  config: Json
}

/** A version without its content, as a list shows it. */
export type VersionHeading = Omit<ConsoleVersion, 'config'>

/** One thing that somebody did. Entries are only ever added. */
export interface AuditEntry extends Omit<AuditLine, 'number' | 'at'> {
  /** Milliseconds since 1970. */
  at: number
}

/** An audit entry with its place in the list. */
export interface AuditRecord extends AuditEntry {
  number: number
}

/** Somebody who is signed in, or may act on a page. */
export interface ConsoleSession {
  /** SHA-256 of the id that its holder has, in base64url; the id itself is kept nowhere. */
  hash: string
  kind: 'console' | 'code' | 'page'
  name: string
  role: string
  /** Milliseconds since 1970. */
  createdAt: number
  until: number
  /** What it is bound to, such as one draft and one origin. */
  about?: Json | undefined
}

/** The sites whose pages have asked, who gets alerts, and the alerts that are still to be sent. */
export type SettingKey = 'sites' | 'alerts' | 'digest'

/** How many versions are kept. */
export const keptVersions = 200

/** How many earlier drafts of a document are kept, for saves that began from them. */
export const keptDrafts = 20

/** Where the console's own content lives, beside the deliveries. What a promise stands for is durable once it resolves. */
export interface ConsoleStore {
  documents(): Promise<ConsoleDocument[]>
  document(kind: DocumentKind, id: string): Promise<ConsoleDocument | undefined>
  /**
   * Changes one document in a transaction; `undefined` removes it. Returns what is kept.
   *
   * @param change Pure and synchronous; what it throws rejects, and nothing is changed.
   */
  changeDocument(
    kind: DocumentKind,
    id: string,
    change: (document: ConsoleDocument | undefined) => ConsoleDocument | undefined,
  ): Promise<ConsoleDocument | undefined>

  /** The newest version's number; 0 before the first. */
  latestVersion(): Promise<number>
  version(number: number): Promise<ConsoleVersion | undefined>
  /** The newest first, those below `before`. */
  versions(page: { limit: number; before?: number | undefined }): Promise<VersionHeading[]>
  /** Adds a version after the newest, unless another one came first: then `false`. The newest 200 stay. */
  addVersion(version: ConsoleVersion): Promise<boolean>

  addAudit(entry: AuditEntry): Promise<void>
  /** The newest first, those below `before`. */
  audit(page: {
    limit: number
    before?: number | undefined
    target?: string | undefined
  }): Promise<AuditRecord[]>

  addSession(session: ConsoleSession): Promise<void>
  session(hash: string): Promise<ConsoleSession | undefined>
  /** Those that have not ended, the newest first. Forgets those that have. */
  sessions(now: number): Promise<ConsoleSession[]>
  /** Puts off a session's end. */
  prolongSession(hash: string, until: number): Promise<void>
  /** Ends one; `false` when it was not there, so that of two who redeem a code only one does. */
  removeSession(hash: string): Promise<boolean>

  /** Adds a job. The newest 100 stay. */
  addJob(job: BulkJob): Promise<void>
  /** The newest first. */
  jobs(): Promise<BulkJob[]>
  job(id: string): Promise<BulkJob | undefined>
  /**
   * Changes a job that is there, in a transaction; returns what is kept.
   *
   * @param change Pure and synchronous; `undefined` leaves it as it is.
   */
  changeJob(id: string, change: (job: BulkJob) => BulkJob | undefined): Promise<BulkJob | undefined>

  /** What is set for all, or known of all, such as who gets alerts. */
  setting(key: SettingKey): Promise<Json | undefined>
  /**
   * Changes a setting in a transaction; returns what is kept.
   *
   * @param change Pure and synchronous; `undefined` leaves it as it is.
   */
  changeSetting(
    key: SettingKey,
    change: (value: Json | undefined) => Json | undefined,
  ): Promise<Json | undefined>
}
