import type { Step } from '../schema/steps.ts'
import type { Tour } from '../schema/tour.ts'
import type { Json } from '../values/json.ts'

/** A step that waits for the visitor. */
export type VisibleStep = Exclude<Step, { type: 'trigger' }>

/** One visitor's way through a tour. */
export interface Run {
  /** The tour, as in the config. */
  readonly tour: Tour
  /** Whether it goes on, its end was reached, or the visitor left early. */
  readonly status: 'running' | 'completed' | 'closed'
  /** The step that waits for the visitor, its placeholders filled. */
  readonly step: VisibleStep | undefined
  /** The step's index, from 0, among all the tour's steps. */
  readonly index: number
  /** What the visitor has answered so far, by the fields' names. */
  readonly answers: Readonly<Record<string, Json>>
  /** What a `{placeholder}` in the step's texts stands for, now. */
  lookUp(name: string): Json | undefined
  /** Goes on; from the last step, completes the tour. */
  next(): void
  /** Goes back to the step before that waits for the visitor; on the first, does nothing. */
  previous(): void
  /** Goes to a step, by its id or its index. */
  goTo(step: string | number): void
  /** Keeps an answer; it must be something that JSON can say. */
  answer(name: string, value: unknown): void
  /** Keeps the answers in a form, by the names of its controls. */
  collect(form: HTMLFormElement): void
  /** Another library's tour shows this step, by its index and, if it has one, its id. */
  reach(index: number, id?: string): void
  /** Ends the tour as completed: for a tour that another library draws. */
  complete(): void
  /** Leaves the tour early. */
  close(): void
}

export interface RunEvent {
  /** The tour's id. */
  tour: string
  /** The visitor's way through it. */
  run: Run
}

export interface StepEvent extends RunEvent {
  /** The step to draw, its placeholders filled. */
  step: VisibleStep
  /** The step's index, from 0, among all the tour's steps. */
  index: number
}

export interface RunEvents {
  /** A tour begins. */
  started: RunEvent
  /** A step waits for the visitor: draw it. */
  step: StepEvent
  /** The visitor has reached the tour's end. */
  completed: RunEvent
  /** The visitor has left the tour early. */
  closed: RunEvent
}
