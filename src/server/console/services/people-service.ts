import type { AuditRecord, ConsoleSession, ConsoleStore } from '../../stores/console-store.ts'
import type { Actor, Person } from '../access/person.ts'
import type { Sessions } from '../access/sessions.ts'
import type { AuditTrail } from '../audit-trail.ts'

/** Who is in, and who did what. */
export interface PeopleService {
  /** Who is signed in, the newest first. */
  signedIn(): Promise<ConsoleSession[]>
  /** Ends somebody's session; `false` when there is none. */
  endSession(actor: Actor, hash: string): Promise<boolean>
  /** What people did, the newest first, as this person may see it. */
  history(person: Person, page: Parameters<ConsoleStore['audit']>[0]): Promise<AuditRecord[]>
}

export function createPeopleService({
  sessions,
  audit,
}: {
  sessions: Sessions
  audit: AuditTrail
}): PeopleService {
  return {
    signedIn: sessions.list,
    async endSession(actor, hash) {
      const isEnded = await sessions.revoke(hash)
      if (isEnded) await audit.record(actor, { action: 'ended a session', target: 'console' })
      return isEnded
    },
    history: (_person, page) => audit.list(page),
  }
}
