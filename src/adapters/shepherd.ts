import { type AttachOptions, followRun, type RunStarter } from './follow-run.ts'

interface ShepherdStep {
  id: string
}

/** A `Shepherd.Tour` of Shepherd 14 or later, as far as it is used. */
export interface ShepherdTour {
  steps: readonly ShepherdStep[]
  isActive(): boolean
  getCurrentStep(): ShepherdStep | null | undefined
  on(event: string, handler: () => void): unknown
  off(event: string, handler: () => void): unknown
}

/**
 * Lets a Shepherd tour fire the triggers of a tour in the config; returns the undo.
 *
 * Triggers name a step by its index or its id. Completed is what Shepherd calls so: `complete()`, or `next()`
 * from the last step. The cancel icon, Escape and `cancel()` close it. A tour that goes with its page is neither.
 *
 * @example
 * const tour = new Shepherd.Tour({ steps })
 * const detach = attachShepherd(tourhook, tour, { tour: 'welcome' })
 * tour.start()
 */
export function attachShepherd(
  tourhook: RunStarter,
  shepherd: ShepherdTour,
  { tour }: AttachOptions,
): () => void {
  const follower = followRun(tourhook, tour)

  function look(): void {
    const step = shepherd.getCurrentStep()
    if (step) follower.reach(shepherd.steps.indexOf(step), step.id)
  }

  const handlers = { show: look, complete: follower.complete, inactive: follower.leave }
  for (const [event, handler] of Object.entries(handlers)) shepherd.on(event, handler)
  if (shepherd.isActive()) look()

  return () => {
    follower.stop()
    // Version 14 skips the next listener when one goes while they are being called.
    queueMicrotask(() => {
      for (const [event, handler] of Object.entries(handlers)) shepherd.off(event, handler)
    })
  }
}
