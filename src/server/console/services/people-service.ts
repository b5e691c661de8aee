import type { AuditRecord, ConsoleSession, ConsoleStore } from '../../stores/console-store.ts'
import type { Actor, Person } from '../access/person.ts'
import type { Sessions } from '../access/sessions.ts'
import type { AuditTrail } from '../audit-trail.ts'
import type { Mask } from '../masking/mask.ts'

/** Who is in, and who did what. */
export interface PeopleService {
  /** Who is signed in, the newest first. */
  signedIn(): Promise<ConsoleSession[]>
  /** Ends somebody's session; `false` when there is none. */
  endSession(actor: Actor, hash: string): Promise<boolean>
  /** What people did, the newest first, as this person may see it. */
  history(person: Person, page: Parameters<ConsoleStore['audit']>[0]): Promise<AuditRecord[]>
}

export interface PeopleServiceOptions {
  sessions: Sessions
  audit: AuditTrail
  mask: Pick<Mask, 'json'>
}

export function createPeopleService({ sessions, audit, mask }: PeopleServiceOptions): PeopleService {
  return {
    signedIn: sessions.list,
    async endSession(actor, hash) {
      const isEnded = await sessions.revoke(hash)
      if (isEnded) await audit.record(actor, { action: 'ended a session', target: 'console' })
      return isEnded
    },
    async history(person, page) {
      const records = await audit.list(page)
      return records.map(({ details, ...record }) =>
        details === undefined ? record : { ...record, details: mask.json(person, details) },
      )
    },
  }
}
