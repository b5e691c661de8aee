import type { DocumentChange, DocumentState } from '../../../../schema/admin/document-state.ts'
import type { JobState } from '../../../../schema/admin/job-state.ts'
import type { SignedIn } from '../../../../schema/admin/known-person.ts'
import { omitUndefined } from '../../../../values/omit-undefined.ts'
import { type ContentItem, nameOfItem } from '../../../console/content/content-item.ts'
import { differencesOf } from '../../../console/content/differences.ts'
import type { BulkJob } from '../../../stores/bulk-job.ts'
import type { AuditRecord, ConsoleSession, VersionHeading } from '../../../stores/console-store.ts'

/** A content as the API lists it. */
export function documentView({ kind, id, state, rev, by, at, ...item }: ContentItem): DocumentState {
  return {
    kind,
    id,
    name: nameOfItem({ id, ...item }),
    state,
    rev,
    ...(by !== undefined && { by }),
    ...(at !== undefined && { at: new Date(at).toISOString() }),
  }
}

/** A content that is not published as it is, and where it differs from what is. */
export function changeOfDocument(item: ContentItem): DocumentChange {
  return { ...documentView(item), differences: differencesOf(item.published, item.draft ?? undefined) }
}

/** A version, an audit entry: its time in ISO 8601. */
export function datedView<T extends VersionHeading | AuditRecord>({ at, ...rest }: T) {
  return { ...rest, at: new Date(at).toISOString() }
}

/** A job as the API shows it: without its place, and without who works on it. */
export function jobView({ id, kind, by, createdAt, endedAt, state, total, done, problem }: BulkJob): JobState {
  return omitUndefined({
    id,
    kind,
    by: by.by,
    createdAt: new Date(createdAt).toISOString(),
    endedAt: endedAt === undefined ? undefined : new Date(endedAt).toISOString(),
    state,
    total,
    done,
    problem,
  })
}

/** A session as the API shows it: by what it is kept under, which lets nobody in. */
export function sessionView({ hash, name, role, createdAt, until }: ConsoleSession): SignedIn {
  return {
    id: hash,
    name,
    role,
    since: new Date(createdAt).toISOString(),
    until: new Date(until).toISOString(),
  }
}
