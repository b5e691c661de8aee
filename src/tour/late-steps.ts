import type { RunEvents, StepEvent } from './run.ts'

type OnStep = (name: 'step', listener: (event: StepEvent) => void) => () => void

export interface LateStepsOptions {
  on: OnStep
  /** The steps that wait for the visitor. */
  waiting(): StepEvent[]
  attempt(work: () => unknown): void
}

/**
 * Subscribes to steps; who comes late hears, in a microtask, of those that wait already: a component that is mounted
 * while a tour is under way.
 */
export function createLateSteps({ on, waiting, attempt }: LateStepsOptions): OnStep {
  return (name, listener) => {
    const heard = new Set<RunEvents['step']['run']>()
    const undo = on(name, event => {
      heard.add(event.run)
      listener(event)
    })
    let isUndone = false
    queueMicrotask(() => {
      for (const event of waiting()) {
        if (!isUndone && !heard.has(event.run)) attempt(() => listener(event))
      }
    })
    return () => {
      isUndone = true
      undo()
    }
  }
}
