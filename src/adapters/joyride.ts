import { type AttachOptions, followRun, type RunStarter } from './follow-run.ts'

/** What React Joyride gives to its `onEvent` (version 3) or its `callback` (version 2), as far as it is used. */
export interface JoyrideEvent {
  type: string
  action: string
  index: number
  origin: string | null
  status: string
  step: object
}

export interface JoyrideOptions<Event, Rest extends unknown[]> extends AttachOptions {
  /** The host's own handler; it is called with each event, too. */
  onEvent?: ((event: Event, ...rest: Rest) => void) | undefined
}

export interface AttachedJoyride<Event, Rest extends unknown[]> {
  /** Goes into the component: as `onEvent` in version 3, as `callback` in version 2. */
  onEvent(event: Event, ...rest: Rest): void
  /** The undo: from then on, only the host's own handler hears the events. */
  detach(): void
}

/**
 * Lets a React Joyride tour fire the triggers of a tour in the config; returns the component's handler, and the undo.
 *
 * Make it once, beside the component or in a `useMemo`: it knows where the tour stands. Triggers name a step by its
 * index or its `id`. A step is reached when its tooltip shows. The tour is completed when the visitor goes on from
 * the last step; skipping it, closing the last step (button, Escape, overlay), `reset()`, and stopping it right after
 * a close do close it. Closing an earlier step of an uncontrolled tour only moves on, for that is what Joyride does.
 * A tour that is paused, or goes with its page or its component, is neither.
 *
 * @example
 * const { onEvent } = attachJoyride(tourhook, { tour: 'welcome' })
 * const App = () => <Joyride run continuous steps={steps} onEvent={onEvent} />
 */
export function attachJoyride<Event extends JoyrideEvent, Rest extends unknown[]>(
  tourhook: RunStarter,
  { tour, onEvent }: JoyrideOptions<Event, Rest>,
): AttachedJoyride<Event, Rest> {
  const follower = followRun(tourhook, tour)
  let isClosing = false

  function follow({ type, action, index, origin, status, step }: JoyrideEvent): void {
    if (type === 'tooltip') {
      isClosing = false
      follower.reach(index, 'id' in step && typeof step.id === 'string' ? step.id : undefined)
    }
    // Outside a `continuous` tour, the primary button closes each step.
    if (type === 'step:after') isClosing = action === 'close' && origin !== 'button_primary'
    if (type === 'tour:end') {
      if (status === 'finished' && !isClosing) follower.complete()
      follower.leave()
    }
    if (type === 'tour:status' && (status === 'ready' || (status === 'paused' && isClosing))) follower.leave()
  }

  return {
    onEvent(event, ...rest) {
      follow(event)
      onEvent?.(event, ...rest)
    },
    detach: follower.stop,
  }
}
