import type { TourhookLike } from '../tour/host.ts'

/** Those who want to know when something has changed. */
export interface ChangeListeners {
  /** Subscribes; returns the undo. */
  onChange(listener: () => void): () => void
  announceChange(): void
}

/** Listeners that are isolated: one that throws is announced as `error` and stops no other. */
export function createChangeListeners(tourhook: TourhookLike): ChangeListeners {
  const listeners = new Set<() => void>()
  return {
    onChange(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    announceChange() {
      for (const listener of listeners) {
        try {
          listener()
        } catch (error) {
          tourhook.reportError(error)
        }
      }
    },
  }
}
