import type { TourhookLike } from './host.ts'
import { userIdOf } from './trigger.ts'

/** Something that is kept for each user of this browser, by the present `userId`. */
export interface UserState<T> {
  get(): T
  set(value: T): void
}

/** Keeps a value, which must be something that JSON can say, for each user; without consent, while the page lives. */
export function createUserState<T>({ storage, tags }: TourhookLike, name: string, initial: T): UserState<T> {
  const memory = new Map<string, T>()

  /** At each use: visitors log in and out while the page stays. */
  function key(): string {
    return `${name}:${userIdOf(tags.get()) ?? ''}`
  }

  return {
    get: () => (storage.get(key()) as T | undefined) ?? memory.get(key()) ?? initial,
    set(value) {
      memory.set(key(), value)
      storage.set(key(), value)
    },
  }
}
