import type { Json } from '../../values/json.ts'
import type { Clock } from '../clock.ts'
import type { ConsoleStore } from '../stores/console-store.ts'
import type { Actor } from './access/person.ts'

/** Writes down who did what. */
export interface AuditTrail {
  record(actor: Actor, entry: { action: string; target: string; details?: Json | undefined }): Promise<void>
  list: ConsoleStore['audit']
}

export function createAuditTrail({
  store,
  clock,
}: {
  store: ConsoleStore
  clock: Pick<Clock, 'now'>
}): AuditTrail {
  return {
    record: ({ name, role, via }, entry) => store.addAudit({ at: clock.now(), by: name, role, via, ...entry }),
    list: store.audit,
  }
}
