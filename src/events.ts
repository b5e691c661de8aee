import { createNanoEvents } from 'nanoevents'

/** Announces an event. */
export type Emit<EventMap> = {
  emit<Name extends keyof EventMap & string>(name: Name, event: EventMap[Name]): void
}['emit']

export interface Events<EventMap> {
  /** Subscribes to an event; returns the undo. */
  on<Name extends keyof EventMap & string>(name: Name, listener: (event: EventMap[Name]) => void): () => void
  emit: Emit<EventMap>
  /** Announces an error. */
  reportError(error: unknown): void
  /** Runs it; what it throws is announced, and the result is `undefined`. */
  attempt<T>(work: () => T): T | undefined
}

/**
 * Events whose listeners are isolated: one that throws is announced and stops no other.
 *
 * Each is a DOM event on `document`, too: `tourhook:delivered`, its payload in `detail`.
 */
export function createEvents<EventMap extends { error: { error: Error } }>(): Events<EventMap> {
  const emitter = createNanoEvents<Record<string, (event: never) => void>>()

  function emit(name: string, event: unknown): void {
    emitter.emit(name, event as never)
    dispatchDomEvent(name, event)
  }

  function reportError(cause: unknown): void {
    emitter.emit('error', { error: reportToPage(cause) } as never)
  }

  function attempt<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      reportError(error)
      return undefined
    }
  }

  return {
    on: (name, listener) =>
      emitter.on(name, event => {
        try {
          listener(event)
        } catch (error) {
          // A listener of `error` that throws must not hear of itself.
          if (name === 'error') console.error('[tourhook]', error)
          else reportError(error)
        }
      }),
    emit,
    reportError,
    attempt,
  }
}

/** Announces an error to the page, as a DOM event, and on the console. */
export function reportToPage(cause: unknown): Error {
  const error = cause instanceof Error ? cause : new Error(String(cause), { cause })
  console.warn('[tourhook]', error)
  dispatchDomEvent('error', { error })
  return error
}

function dispatchDomEvent(name: string, detail: unknown): void {
  // The browser reports what a listener throws here; it stops nothing.
  document.dispatchEvent(new CustomEvent(`tourhook:${name}`, { detail }))
}
