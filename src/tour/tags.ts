import { own, type Tags, type TagValue } from '../message/value.ts'

/** The page's own tags: an object, or a function that is asked at each use, so that late tags count. */
export type TagSource = Record<string, unknown> | (() => Record<string, unknown> | undefined)

export interface TagStore {
  /** All tags; those that were set go before the page's own. */
  all(): Tags
  get(name: string): TagValue | undefined
  /** Those that a tour has set. */
  managed(): Tags
  /** Sets tags; values are texts, numbers or booleans, and stay what they are. */
  set(tags: Record<string, unknown>, options?: { managed?: boolean }): void
  remove(name: string): void
  /** Removes every tag, the page's present ones too: for logging out. */
  clear(): void
}

/** Keeps the visitor's tags. `onMistake` hears, once each, of values that can't be tags and of `EXAMPLE_…` left in. */
export function createTags(source: TagSource | undefined, onMistake: (error: unknown) => void): TagStore {
  const changes = new Map<string, TagValue | undefined>()
  const managed = new Set<string>()
  const told = new Set<string>()

  function tell(name: string, mistake: string): void {
    if (!told.has(name)) onMistake(new TypeError(`tag "${name}" ${mistake}`))
    told.add(name)
  }

  function valid(values: unknown): [string, TagValue][] {
    return Object.entries(values ?? {}).filter((entry): entry is [string, TagValue] => {
      const [name, value] = entry
      if (!isTagValue(value)) {
        if (value !== undefined && value !== null) tell(name, `can't be a ${typeof value}`)
        return false
      }
      if (String(value).startsWith('EXAMPLE_')) tell(name, 'still has its example value')
      return true
    })
  }

  function readSource(): [string, TagValue][] {
    try {
      return valid(typeof source === 'function' ? source() : source)
    } catch (error) {
      onMistake(error)
      return []
    }
  }

  function all(): Tags {
    const tags = new Map<string, TagValue | undefined>([...readSource(), ...changes])
    return Object.fromEntries([...tags].filter((entry): entry is [string, TagValue] => entry[1] !== undefined))
  }

  return {
    all,
    get: name => own(all(), name),
    managed: () => Object.fromEntries(Object.entries(all()).filter(([name]) => managed.has(name))),
    set(tags, options) {
      for (const [name, value] of valid(tags)) {
        changes.set(name, value)
        if (options?.managed) managed.add(name)
        else managed.delete(name)
      }
    },
    remove: name => void changes.set(name, undefined),
    clear() {
      for (const name of Object.keys(all())) changes.set(name, undefined)
    },
  }
}

function isTagValue(value: unknown): value is TagValue {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}
