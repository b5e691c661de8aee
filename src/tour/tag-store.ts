import { mapValues, own } from '../values/json.ts'
import type { Tags, TagValue } from '../values/tags.ts'

/** The page's own tags: an object, or a function that is asked at each use, so that late tags count. */
export type TagSource = Record<string, unknown> | (() => Record<string, unknown> | undefined)

export interface TagStore {
  /** All tags; one that was set replaces the page's own. */
  get(): Tags
  get(name: string): TagValue | undefined
  /** Those that a tour has set. */
  managed(): Tags
  /** Sets tags; values are texts, numbers or booleans, and stay what they are. */
  set(tags: Record<string, unknown>, options?: { managed?: boolean | undefined }): void
  /** Removes a tag; the page's own counts again once its value is another. */
  remove(name: string): void
  /** Removes every tag, the page's present ones too: for logging out. */
  clear(): void
}

export interface TagStoreOptions {
  /** Hears of a value that is no tag, once for each tag. */
  onError(error: unknown): void
  /** Hears each time the page sets or removes tags, and whether it has removed them all. */
  onChange(isCleared: boolean): void
}

/** What the page has set in place of its own tag; or the own one that it has removed, which hides no other. */
type Change = { value: unknown; managed: boolean | undefined } | { hidden: unknown; managed?: undefined }

/** The visitor's tags. A value that is no tag, or an `EXAMPLE_…` that was left in, counts as missing. */
export function createTagStore(
  source: TagSource | undefined,
  { onError, onChange }: TagStoreOptions,
): TagStore {
  const changes = new Map<string, Change>()
  const reported = new Set<string>()

  function given(): Record<string, unknown> {
    try {
      return objectOf(typeof source === 'function' ? source() : source)
    } catch (error) {
      reportOnce(String(error), error)
      return {}
    }
  }

  /** They are read at each use. */
  function reportOnce(key: string, error: unknown): void {
    if (!reported.has(key)) onError(error)
    reported.add(key)
  }

  function all(): Tags {
    const present = new Map(Object.entries(given()))
    for (const [name, change] of changes) {
      if ('value' in change) present.set(name, change.value)
      else if (present.get(name) === change.hidden) present.delete(name)
      else changes.delete(name)
    }
    return mapValues(Object.fromEntries(present), valid)
  }

  function remove(name: string): void {
    changes.set(name, { hidden: own(given(), name) })
  }

  function valid(value: unknown, name: string): TagValue | undefined {
    if (isTagValue(value)) return value
    if (value !== undefined && value !== null) {
      const kind = Object(value) === value ? 'an object' : String(value)
      reportOnce(name, new TypeError(`tag "${name}" can't be ${kind}`))
    }
    return undefined
  }

  return {
    get: ((name?: string) => (name === undefined ? all() : own(all(), name))) as TagStore['get'],
    managed: () => mapValues(all(), (value, name) => (changes.get(name)?.managed ? value : undefined)),
    set(tags, options) {
      for (const [name, value] of Object.entries(tags ?? {})) {
        changes.set(name, { value, managed: options?.managed })
      }
      onChange(false)
    },
    remove(name) {
      remove(name)
      onChange(false)
    },
    clear() {
      Object.keys(all()).forEach(remove)
      onChange(true)
    },
  }
}

function isTagValue(value: unknown): value is TagValue {
  if (typeof value === 'string') return !value.startsWith('EXAMPLE_')
  return typeof value === 'boolean' || Number.isFinite(value)
}

/** @throws {TypeError} when the tags are none. */
function objectOf(tags: unknown): Record<string, unknown> {
  if (tags instanceof Map) return Object.fromEntries(tags)
  const isObject = Object(tags) === tags && !Array.isArray(tags) && !(tags instanceof Promise)
  if (isObject || tags === undefined || tags === null) return { ...(tags as object) }
  throw new TypeError(`the tags: expected an object, got ${Object(tags).constructor.name}`)
}
