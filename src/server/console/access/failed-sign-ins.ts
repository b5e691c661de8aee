import type { Clock } from '../../clock.ts'

/** How many wrong tokens one client may give within a minute, and all clients together. */
const limits = { client: 10, all: 100 }
const spanMs = 60_000
const clientsKept = 10_000

/** Counts wrong tokens, so that nobody finds one by trying. */
export interface FailedSignIns {
  /** Whether this client has to wait. */
  isBlocked(client: string): boolean
  count(client: string): void
}

export function createFailedSignIns(clock: Pick<Clock, 'elapsed'>): FailedSignIns {
  const failures = new Map<string, number[]>()

  function recent(key: string): number[] {
    return (failures.get(key) ?? []).filter(at => clock.elapsed() - at < spanMs)
  }
  function add(key: string, most: number): void {
    const kept = [...recent(key), clock.elapsed()].slice(-most)
    failures.delete(key)
    failures.set(key, kept)
    const [oldest] = failures.keys()
    if (failures.size > clientsKept && oldest !== undefined) failures.delete(oldest)
  }

  return {
    isBlocked: client =>
      recent(`client ${client}`).length >= limits.client || recent('all').length >= limits.all,
    count(client) {
      add(`client ${client}`, limits.client)
      add('all', limits.all)
    },
  }
}
