import type { Json } from '../../values/json.ts'
import type { ConsoleStore } from '../stores/console-store.ts'
import type { Person } from './access/person.ts'

/** Writes down who did what. */
export interface AuditTrail {
  record(
    person: Person,
    entry: { action: string; target: string; details?: Json | undefined; via?: 'console' | 'api' | 'page' },
  ): Promise<void>
  list: ConsoleStore['audit']
}

export function createAuditTrail({ store, now }: { store: ConsoleStore; now: () => number }): AuditTrail {
  return {
    record: ({ name, role }, { via = 'console', ...entry }) =>
      store.addAudit({ at: now(), by: name, role, via, ...entry }),
    list: store.audit,
  }
}
