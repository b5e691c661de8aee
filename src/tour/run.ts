import { fillText } from '../message/template.ts'
import type { Json } from '../message/value.ts'
import type { Step, Tour, TourTrigger, Trigger } from '../schema/tour.ts'
import { lookUp, readForm, type Scope, type TourContext } from './collect.ts'
import type { Progress } from './progress.ts'

/** A step that waits for the visitor. */
export type VisibleStep = Exclude<Step, { type: 'trigger' }>

/** One visitor's way through a tour. */
export interface Run {
  readonly tour: Tour
  readonly status: 'running' | 'completed' | 'closed'
  /** The step that waits for the visitor, its placeholders filled. */
  readonly step: VisibleStep | undefined
  /** The step's index, from 0, among all the tour's steps. */
  readonly index: number
  readonly answers: Readonly<Record<string, Json>>
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
  complete(): void
  /** Leaves the tour early. */
  close(): void
}

export interface RunEvent {
  /** The tour's id. */
  tour: string
  run: Run
}

export interface StepEvent extends RunEvent {
  step: VisibleStep
  index: number
}

export interface RunOptions {
  tour: Tour
  /** Where the run stands; a new one begins, an old one goes on. */
  progress?: Progress | undefined
  scope(answers: Record<string, Json>, tour: TourContext): Scope
  /** Fires a trigger; false when it may not fire now. */
  fire(trigger: Trigger, scope: Scope): boolean
  /** The run has changed; `undefined` when it has ended. */
  onProgress(progress: Progress | undefined): void
  onStarted(event: RunEvent): void
  onStep(event: StepEvent): void
  onEnded(status: 'completed' | 'closed', event: RunEvent): void
  /** Runs what a caller has asked for; what it throws is announced. */
  attempt(work: () => void): void
}

/** Makes a run; `begin` starts it, or shows the step that it stands at. */
export function createRun(options: RunOptions): { run: Run; begin(): void } {
  const { tour, scope, fire, onProgress, onStarted, onStep, onEnded, attempt } = options
  const { steps = [], triggers = [] } = tour
  const isNew = options.progress === undefined
  const progress: Progress = options.progress ?? {
    tour: tour.id,
    index: 0,
    answers: {},
    fired: [],
    startedAt: new Date().toISOString(),
  }
  let status: Run['status'] = 'running'

  const run: Run = {
    tour,
    get status() {
      return status
    },
    get step() {
      const step = status === 'running' ? steps[progress.index] : undefined
      return step && step.type !== 'trigger' ? filled(step) : undefined
    },
    get index() {
      return progress.index
    },
    get answers() {
      return progress.answers
    },
    next: () => whileRunning(() => enter(progress.index + 1)),
    previous: () =>
      whileRunning(() => {
        const index = steps.findLastIndex(({ type }, at) => at < progress.index && type !== 'trigger')
        if (index >= 0) enter(index)
      }),
    goTo: target =>
      whileRunning(() => {
        const index = typeof target === 'number' ? target : steps.findIndex(({ id }) => id === target)
        if (!steps[index]) throw new RangeError(`tour "${tour.id}" has no step ${JSON.stringify(target)}`)
        enter(index)
      }),
    answer: (name, value) => whileRunning(() => keep({ [name]: value })),
    collect: form => whileRunning(() => keep(readForm(form))),
    reach: (index, id) =>
      whileRunning(() => {
        progress.index = index
        fireStep(index, id)
      }),
    complete: () => whileRunning(() => end('completed')),
    close: () => whileRunning(() => end('closed')),
  }

  function whileRunning(work: () => void): void {
    if (status === 'running') attempt(work)
  }

  /** Goes to a step; triggers do their work on the way, and the first step that waits is shown. */
  function enter(target: number): void {
    for (let index = target; status === 'running'; index++) {
      const step = steps[index]
      if (!step) {
        end('completed')
        return
      }
      progress.index = index
      fireStep(index, step.id)
      if (step.type !== 'trigger') {
        show()
        return
      }
      fireOnce(`step ${index}`, step.trigger, step.id ?? String(index))
    }
  }

  function show(): void {
    onProgress(progress)
    const { step } = run
    if (step) onStep({ tour: tour.id, run, step, index: progress.index })
  }

  function end(ending: 'completed' | 'closed'): void {
    status = ending
    fireAt(ending, steps[progress.index]?.id)
    onProgress(undefined)
    onEnded(ending, { tour: tour.id, run })
  }

  function fireStep(index: number, id = String(index)): void {
    fireAt('step', id, entry => entry.on === 'step' && (entry.step === index || entry.step === id))
  }

  function fireAt(
    on: TourTrigger['on'],
    step?: string,
    isMeant: (entry: TourTrigger) => boolean = () => true,
  ): void {
    for (const [index, entry] of triggers.entries()) {
      if (entry.on === on && isMeant(entry)) fireOnce(`trigger ${index}`, entry.trigger, step)
    }
  }

  function fireOnce(key: string, trigger: Trigger, step: string | undefined): void {
    const { fired } = progress
    if (fired.includes(key) && !trigger.repeat) return
    if (fire(trigger, scopeAt(step)) && !fired.includes(key)) fired.push(key)
  }

  function scopeAt(step: string | undefined): Scope {
    const { answers, startedAt } = progress
    return scope(answers, { id: tour.id, name: tour.name ?? tour.id, step, startedAt })
  }

  function filled(step: VisibleStep): VisibleStep {
    const fill = (text: string) => fillText(text, name => lookUp(name, scopeAt(step.id)))
    return {
      ...step,
      ...(step.title !== undefined && { title: fill(step.title) }),
      ...(step.content !== undefined && { content: fill(step.content) }),
    }
  }

  function keep(values: Record<string, unknown>): void {
    // Now, so that what can't be sent is the caller's error, and a later change of the value changes nothing.
    const text = JSON.stringify(values)
    progress.answers = { ...progress.answers, ...JSON.parse(text) }
    onProgress(progress)
  }

  function begin(): void {
    if (!isNew) {
      show()
      return
    }
    onProgress(progress)
    fireAt('started')
    onStarted({ tour: tour.id, run })
    if (tour.steps) enter(0)
  }

  return { run, begin }
}
