/** Texts by key, which outlive the page where the browser lets them. */
export interface KeyValueStorage {
  get(key: string): string | undefined
  set(key: string, value: string): void
  remove(key: string): void
  /** The keys that begin so, sorted. */
  keys(prefix: string): string[]
}

/**
 * A web storage that never throws: what it can't hold stays in memory, for as long as the page lives.
 *
 * @param area The storage, asked for at each use; it may throw (denied) or be `undefined` (not allowed).
 */
export function createStorage(area: () => Storage | undefined): KeyValueStorage {
  const memory = new Map<string, string>()

  function reach<T>(use: (storage: Storage) => T): T | undefined {
    try {
      const storage = area()
      return storage && use(storage)
    } catch {
      // Denied (SecurityError) or full (QuotaExceededError): memory serves.
      return undefined
    }
  }

  return {
    get: key => memory.get(key) ?? reach(storage => storage.getItem(key)) ?? undefined,
    set(key, value) {
      const stored = reach(storage => {
        storage.setItem(key, value)
        return true
      })
      if (stored) memory.delete(key)
      else memory.set(key, value)
    },
    remove(key) {
      memory.delete(key)
      reach(storage => storage.removeItem(key))
    },
    keys(prefix) {
      const stored = reach(storage => Object.keys(storage)) ?? []
      return [...new Set([...stored, ...memory.keys()])].filter(key => key.startsWith(prefix)).sort()
    },
  }
}
