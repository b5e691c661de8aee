import { createNanoEvents } from 'nanoevents'
import type { Attempt, DisabledReason } from '../stores/store.ts'
import { toError } from '../to-error.ts'

/** What an emitter announces. */
export interface EmitterEvents {
  /** An endpoint was tried. */
  attempt: (event: { id: string; webhook: string; attempt: Attempt }) => void
  /** A message has arrived. */
  delivered: (event: { id: string; webhook: string; attempt: Attempt }) => void
  /** A message was given up: the schedule has ended, or the endpoint is gone. */
  exhausted: (event: { id: string; webhook: string; attempt: Attempt }) => void
  /** A webhook gets nothing more until it is enabled; what is meant for it waits. */
  disabled: (event: { webhook: string; reason: DisabledReason }) => void
  /** Something deserves a look, yet nothing is lost. */
  warning: (event: { message: string; webhook?: string }) => void
  /** Something of ours, or of a listener's, has failed. Without a listener it becomes a process warning. */
  error: (error: Error) => void
}

/** The emitter's announcements; a listener that throws stops no other. */
export interface Announcer {
  on<Name extends keyof EmitterEvents>(name: Name, listener: EmitterEvents[Name]): () => void
  announce<Name extends keyof EmitterEvents>(name: Name, event: Parameters<EmitterEvents[Name]>[0]): void
}

/** Makes the announcer of one emitter. */
export function createAnnouncer(): Announcer {
  const listeners = createNanoEvents<EmitterEvents>()

  const announce: Announcer['announce'] = (name, event) => {
    const called = listeners.events[name] ?? []
    if (name === 'error' && called.length === 0) process.emitWarning(toError(event))
    for (const listener of called) {
      try {
        // TypeScript can't see that one name picks both the listener and its event.
        ;(listener as (event: unknown) => void)(event)
      } catch (error) {
        if (name === 'error') process.emitWarning(toError(error))
        else announce('error', new Error(`A listener of "${name}" threw`, { cause: error }))
      }
    }
  }

  return { on: (name, listener) => listeners.on(name, listener), announce }
}
