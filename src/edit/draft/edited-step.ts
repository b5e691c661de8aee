import type { Step } from '../../schema/steps.ts'
import type { DraftState } from './draft-state.ts'
import { freeStepId, stepsOf, withoutStep, withStepAt, withStepReplaced } from './draft-steps.ts'

/** The step of the draft that the author has before them. */
export interface EditedStep {
  /** Its place in the tour. */
  index(): number
  /** `undefined` in a tour without steps. */
  current(): Step | undefined
  goTo(index: number): void
  replace(step: Step): void
  /** Puts a new one behind it, and goes there. */
  add(type: 'modal' | 'trigger'): void
  remove(): void
}

export interface EditedStepOptions {
  index: number
  /** What a new trigger step sends to. */
  webhook?: string | undefined
}

export function createEditedStep(
  state: Pick<DraftState, 'tour' | 'change'>,
  { index: wanted, webhook = '' }: EditedStepOptions,
): EditedStep {
  /** Others may have taken steps out. */
  function index(): number {
    return Math.max(0, Math.min(wanted, stepsOf(state.tour()).length - 1))
  }

  function newStep(type: 'modal' | 'trigger'): Step {
    const tour = state.tour()
    return type === 'modal'
      ? { id: freeStepId(tour, 'step'), type, title: 'A new step' }
      : { id: freeStepId(tour, 'send'), type, trigger: { type: 'webhook', webhook } }
  }

  return {
    index,
    current: () => stepsOf(state.tour())[index()],
    goTo(next) {
      wanted = next
    },
    replace: step => state.change(withStepReplaced(state.tour(), index(), step)),
    add(type) {
      const at = Math.min(index() + 1, stepsOf(state.tour()).length)
      state.change(withStepAt(state.tour(), at, newStep(type)))
      wanted = at
    },
    remove: () => state.change(withoutStep(state.tour(), index())),
  }
}
