import { createNanoEvents } from 'nanoevents'
import type { DeliveredEvent, DeliveryEvent, FailedEvent } from './delivery/dispatcher.ts'
import type { RunEvent, StepEvent } from './tour/run.ts'

/** What Tourhook announces; each also as a DOM event on `document`, `tourhook:delivered` and so on. */
export interface TourhookEvents {
  /** A tour begins. */
  started: RunEvent
  /** A step waits for the visitor: draw it. */
  step: StepEvent
  /** The visitor reached the tour's end. */
  completed: RunEvent
  /** The visitor left the tour early. */
  closed: RunEvent
  /** A message is stored and on its way. */
  queued: DeliveryEvent
  /** The endpoint has it. */
  delivered: DeliveredEvent
  /** It will not be sent again: refused, expired, or dropped to make room. */
  failed: FailedEvent
  /** Something is wrong: a mistake in the config, a listener's bug, an endpoint that can't be reached. */
  error: { error: Error }
}

export type EventName = keyof TourhookEvents
export type Listener<Name extends EventName> = (event: TourhookEvents[Name]) => void

export interface Events {
  /** Subscribes to an event; returns the undo. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void
  emit<Name extends EventName>(name: Name, event: TourhookEvents[Name]): void
  /** Announces an error; never throws. */
  report(error: unknown): void
  /** Runs it; what it throws is announced, and the result is `undefined`. */
  attempt<T>(work: () => T): T | undefined
}

/** Events whose listeners are isolated: one that throws is announced and stops no other. */
export function createEvents(): Events {
  const emitter = createNanoEvents<Record<string, (event: unknown) => void>>()

  function on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    const isolated = (event: unknown) => {
      try {
        listener(event as TourhookEvents[Name])
      } catch (error) {
        // A listener of `error` that throws must not call itself.
        if (name === 'error') console.error('[tourhook]', error)
        else report(error)
      }
    }
    return emitter.on(name, isolated)
  }

  function emit<Name extends EventName>(name: Name, event: TourhookEvents[Name]): void {
    emitter.emit(name, event)
    // A listener that throws here is reported by the browser and stops nothing.
    document.dispatchEvent(new CustomEvent(`tourhook:${name}`, { detail: event }))
  }

  function report(error: unknown): void {
    console.warn('[tourhook]', error)
    emit('error', { error: error instanceof Error ? error : new Error(String(error)) })
  }

  function attempt<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      report(error)
      return undefined
    }
  }

  return { on, emit, report, attempt }
}
