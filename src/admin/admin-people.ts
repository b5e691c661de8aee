import type { AuditLine } from '../schema/admin/audit-line.ts'
import type { KnownPerson, SignedIn, UserDetail } from '../schema/admin/known-person.ts'
import { ask, counted, pathOf } from './admin-path.ts'
import type { AdminRequest } from './admin-request.ts'

/** Who administers a companion. */
export interface AdminPeople {
  /** Whose token this is. */
  me(): Promise<KnownPerson>
  /** Who has a token; for an owner. */
  list(): Promise<KnownPerson[]>
  /** Who is signed in to the console; for an owner. */
  sessions(): Promise<SignedIn[]>
  /** Ends a session. */
  endSession(id: string): Promise<void>
  /** Who did what, the newest first: pages are fetched as they are needed. */
  audit(query?: { target?: string | undefined }): AsyncIterableIterator<AuditLine>
}

/** The users of the site. */
export interface AdminUsers {
  /** What is kept of one. @throws {NotFoundError} (rejects) when nothing is. */
  get(id: string): Promise<UserDetail>
  /** Erases what is kept of a user, and what their messages said. */
  forget(id: string): Promise<void>
}

export function peopleOf(request: AdminRequest): AdminPeople {
  return {
    me: () => ask(request, 'me'),
    list: async () => (await ask<{ people: KnownPerson[] }>(request, 'people')).people,
    sessions: async () => (await ask<{ sessions: SignedIn[] }>(request, 'sessions')).sessions,
    endSession: id => ask(request, pathOf('sessions', id), { method: 'DELETE' }),
    audit: ({ target } = {}) => counted(request, { path: 'audit', name: 'audit', query: { target } }),
  }
}

export function usersOf(request: AdminRequest): AdminUsers {
  return {
    get: id => ask(request, pathOf('users', id)),
    forget: id => ask(request, pathOf('users', id), { method: 'DELETE' }),
  }
}
