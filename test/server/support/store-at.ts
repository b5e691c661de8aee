import { postgresStore } from '../../../src/server/stores/postgres/postgres.ts'
import { sqliteStore } from '../../../src/server/stores/sqlite/sqlite.ts'
import type { Store } from '../../../src/server/stores/store.ts'

/** How long a process that was killed is waited for, in milliseconds. */
export const leaseMs = 2000

/** The store at a place that another process is told, too: a connection string, or SQLite's file. */
export function storeAt(place: string): Store {
  return place.startsWith('postgres:')
    ? postgresStore({ connectionString: place, leaseMs })
    : sqliteStore(place, { leaseMs })
}
