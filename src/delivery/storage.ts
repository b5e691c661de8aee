import { stringify } from '../values/json.ts'

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
  /** What the storage does not hold as it should: another text, or with `null` one that it should not have. */
  const memory = new Map<string, string | null>()

  function reach<T>(use: (storage: Storage) => T, mayReach = isAllowed()): T | undefined {
    try {
      return mayReach ? use(window[area]) : undefined
    } catch {
      // Denied (SecurityError) or full (QuotaExceededError): memory serves.
      return undefined
    }
  }

  function read(key: string): string | null {
    return reach(storage => storage.getItem(key)) ?? null
  }

  /** Goes by what is there afterwards: some storages are full, and some do nothing. */
  function write(key: string, text: string | null): void {
    memory.delete(key)
    reach(storage => (text === null ? storage.removeItem(key) : storage.setItem(key, text)))
    if (read(key) === text) return
    // An old text that is not ours to see any more would be taken for the new one by the next page.
    if (text !== null) reach(storage => storage.removeItem(key))
    if (text !== null || read(key) !== null) memory.set(key, text)
  }

  return {
    get(key) {
      const text = memory.has(prefix + key) ? memory.get(prefix + key) : read(prefix + key)
      try {
        return JSON.parse(text ?? 'null') ?? undefined
      } catch {
        // Not written by us.
        return undefined
      }
    },
    set(key, value) {
      if (isAllowed()) write(prefix + key, stringify(value))
    },
    remove: key => write(prefix + key, null),
    keys(start = '') {
      const all = [...new Set([...(reach(keysOf) ?? []), ...memory.keys()])].sort()
      return all
        .filter(key => key.startsWith(prefix + start) && memory.get(key) !== null)
        .map(key => key.slice(prefix.length))
    },
    clear() {
      memory.clear()
      reach(storage => {
        for (const key of keysOf(storage)) if (key.startsWith(prefix)) storage.removeItem(key)
      }, true)
    },
  }
}

/** By a loop: old libraries put their own in place of `Object.keys`, `Array.from` and `map`. */
function keysOf(storage: Storage): string[] {
  const keys: string[] = []
  for (let index = 0; index < storage.length; index++) keys.push(storage.key(index) ?? '')
  return keys
}
