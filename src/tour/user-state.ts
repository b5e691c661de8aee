import type { Tourhook } from '../tourhook.ts'
import { userIdOf } from './trigger.ts'

/** Something that is kept for each user of this browser, by the present `userId`. */
export interface UserState<T> {
  get(): T
  set(value: T): void
}

/** Keeps a value, which must be something that JSON can say, for each user. */
export function createUserState<T>({ storage, tags }: Tourhook, name: string, initial: T): UserState<T> {
  // At each use: visitors log in and out while the page stays.
  const key = () => `tourhook:${name}:${userIdOf(tags.get()) ?? ''}`
  return {
    get() {
      try {
        return JSON.parse(storage.get(key()) ?? 'null') ?? initial
      } catch {
        // Written by something else: it begins anew.
        return initial
      }
    },
    set: value => storage.set(key(), JSON.stringify(value)),
  }
}
