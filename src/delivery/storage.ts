/** JSON values by key, which outlive the page where the browser lets them. */
export interface JsonStorage {
  get(key: string): unknown
  set(key: string, value: unknown): void
  remove(key: string): void
  /** The keys that begin so, sorted. */
  keys(prefix?: string): string[]
}

/**
 * A web storage that never throws: what it can't hold stays in memory, for as long as the page lives.
 *
 * @param namespace What all of its keys begin with.
 * @param isAllowed Asked at each use; without leave, nothing is found and nothing is kept.
 */
export function createStorage(
  area: 'localStorage' | 'sessionStorage',
  namespace: string,
  isAllowed: () => boolean,
): JsonStorage {
  const memory = new Map<string, string>()

  function reach<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return isAllowed() ? use(window[area]) : undefined
    } catch {
      // Denied (SecurityError) or full (QuotaExceededError): memory serves.
      return undefined
    }
  }

  function remove(key: string): void {
    memory.delete(namespace + key)
    reach(storage => storage.removeItem(namespace + key))
  }

  return {
    get(key) {
      const text = memory.get(namespace + key) ?? reach(storage => storage.getItem(namespace + key))
      try {
        return JSON.parse(text ?? 'null') ?? undefined
      } catch {
        // Not written by us.
        return undefined
      }
    },
    set(key, value) {
      if (!isAllowed()) return
      const text = JSON.stringify(value)
      const isStored = reach(storage => storage.setItem(namespace + key, text) ?? true)
      if (isStored) {
        memory.delete(namespace + key)
      } else {
        remove(key)
        memory.set(namespace + key, text)
      }
    },
    remove,
    keys(prefix = '') {
      const all = [...(reach(Object.keys) ?? []), ...memory.keys()].sort()
      return all.filter(key => key.startsWith(namespace + prefix)).map(key => key.slice(namespace.length))
    },
  }
}
