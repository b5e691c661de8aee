import { createNanoEvents } from 'nanoevents'
import type { OperationalEventName } from '../../schema/event.ts'
import type { Attempt, DisabledReason } from '../stores/store.ts'
import { toError } from '../to-error.ts'

/** An attempt at a delivery, as it is announced. */
export interface AttemptEvent {
  /** The message's id. */
  id: string
  /** The webhook's id. */
  webhook: string
  /** How it went. */
  attempt: Attempt
  /** When it is tried again, in milliseconds since 1970; absent when it is not. */
  nextAttemptAt?: number | undefined
}

/** What became of a webhook, or of a delivery to it, for whoever looks after it. Times in milliseconds since 1970. */
export interface OperationalEvent {
  /** What has happened to the webhook or the delivery. */
  name: OperationalEventName
  /** The webhook that it is about. */
  webhook: string
  /** When, in milliseconds since 1970. */
  at: number
  /** `webhook_disabled`: why. */
  reason?: DisabledReason | undefined
  /** `webhook_failing` and `webhook_recovered`: when the first failure was. */
  since?: number | undefined
  /** `webhook_failing`: how many attempts in a row have failed. */
  failures?: number | undefined
  /** `delivery_exhausted`: the message's id. */
  delivery?: string | undefined
  /** Of the last attempt: the answer's status. */
  status?: number | undefined
  /** Of the last attempt: why no answer came. */
  error?: string | undefined
}

/** What an emitter announces. */
export interface EmitterEvents {
  /** An endpoint was tried. */
  attempt: (event: AttemptEvent) => void
  /** A message has arrived. */
  delivered: (event: AttemptEvent) => void
  /** A message was given up: the schedule has ended, or the endpoint is gone. */
  exhausted: (event: AttemptEvent) => void
  /** A webhook gets nothing more until it is enabled; what is meant for it waits. */
  disabled: (event: { webhook: string; reason: DisabledReason }) => void
  /** The fourth attempt in a row at a webhook has failed. */
  webhook_failing: (event: OperationalEvent) => void
  /** A webhook was disabled, by its endpoint's 410 or after five days of failure. */
  webhook_disabled: (event: OperationalEvent) => void
  /** A webhook that was announced as failing has taken a message. */
  webhook_recovered: (event: OperationalEvent) => void
  /** A message was given up. */
  delivery_exhausted: (event: OperationalEvent) => void
  /** It is being closed: nothing more is announced by its end. */
  closed: (event: undefined) => void
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

/** The announcer of one emitter. */
export function createAnnouncer(): Announcer {
  const listeners = createNanoEvents<EmitterEvents>()

  function announce<Name extends keyof EmitterEvents>(
    name: Name,
    event: Parameters<EmitterEvents[Name]>[0],
  ): void {
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
