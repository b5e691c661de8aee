import { type AttachOptions, followRun, type RunStarter } from './follow-run.ts'
import { wrapMethod } from './wrap-method.ts'

/** What `introJs()` of Intro.js 7 or later returns, and `introJs.tour()`, as far as it is used. */
export interface IntroTour {
  currentStep(): number | undefined
  oncomplete(callback: never): unknown
  onexit(callback: never): unknown
}

/**
 * Lets an Intro.js tour fire the triggers of a tour in the config; returns the undo.
 *
 * It is completed when the visitor goes on from the last step: by the done button, the keyboard, or `nextStep()`.
 * The skip button, Escape, the overlay and `exit()` close it, on the last step, too (Intro.js itself calls a skip
 * there complete). A tour that goes with its page is neither. The host's own hooks, also later ones, are called.
 *
 * @example
 * const intro = introJs.tour().setOptions({ steps })
 * const detach = attachIntro(tourhook, intro, { tour: 'welcome' })
 * intro.start()
 */
export function attachIntro(tourhook: RunStarter, intro: IntroTour, { tour }: AttachOptions): () => void {
  const follower = followRun(tourhook, tour)

  function look(): void {
    const index = intro.currentStep() ?? -1
    if (index >= 0) follower.reach(index)
  }

  function complete(_index: unknown, reason: unknown): void {
    if (reason !== 'skip') follower.complete()
  }

  // Each hook is one slot: a field of the tour in version 7, of an object of its own since 8.
  const callbacks: object | undefined = Reflect.get(intro, 'callbacks')
  const undos = callbacks
    ? [
        wrapMethod(callbacks, 'afterChange', look),
        wrapMethod(callbacks, 'complete', complete),
        wrapMethod(callbacks, 'exit', follower.leave),
      ]
    : [
        wrapMethod(intro, '_introAfterChangeCallback', look),
        wrapMethod(intro, '_introCompleteCallback', complete),
        wrapMethod(intro, '_introExitCallback', follower.leave),
      ]
  look()

  return () => {
    follower.stop()
    for (const undo of undos) undo()
  }
}
