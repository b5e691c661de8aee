/** JSON values by key, which outlive the page where the browser lets them. */
export interface JsonStorage {
  /** The value under a key, or `undefined`. */
  get(key: string): unknown
  /** Keeps a value that JSON can say. */
  set(key: string, value: unknown): void
  /** Forgets a key. */
  remove(key: string): void
  /** The keys that begin so, sorted. */
  keys(start?: string): string[]
  /** Removes all of its keys, also where it may keep nothing. */
  clear(): void
}

/**
 * A web storage that never throws: what it can't hold stays in memory, for as long as the page lives.
 *
 * @param namespace What all of its keys begin with, before a colon.
 * @param isAllowed Asked at each use; until then, reads find nothing and writes are ignored.
 */
export function createStorage(
  area: 'localStorage' | 'sessionStorage',
  namespace: string,
  isAllowed: () => boolean,
): JsonStorage {
  const prefix = `${namespace}:`
  const memory = new Map<string, string>()

  function reach<T>(use: (storage: Storage) => T, mayReach = isAllowed()): T | undefined {
    try {
      return mayReach ? use(window[area]) : undefined
    } catch {
      // Denied (SecurityError) or full (QuotaExceededError): memory serves.
      return undefined
    }
  }

  function remove(key: string): void {
    memory.delete(prefix + key)
    reach(storage => storage.removeItem(prefix + key))
  }

  return {
    get(key) {
      const text = memory.get(prefix + key) ?? reach(storage => storage.getItem(prefix + key))
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
      const isStored = reach(storage => storage.setItem(prefix + key, text) ?? true)
      if (isStored) {
        memory.delete(prefix + key)
      } else {
        remove(key)
        memory.set(prefix + key, text)
      }
    },
    remove,
    keys(start = '') {
      const all = [...(reach(Object.keys) ?? []), ...memory.keys()].sort()
      return all.filter(key => key.startsWith(prefix + start)).map(key => key.slice(prefix.length))
    },
    clear() {
      memory.clear()
      reach(storage => {
        for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key)
      }, true)
    },
  }
}
