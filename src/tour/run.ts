import type { Emit } from '../events.ts'
import { fillText } from '../message/template.ts'
import type { Step } from '../schema/steps.ts'
import type { Tour } from '../schema/tour.ts'
import type { TourTrigger, Trigger } from '../schema/triggers.ts'
import { byId } from '../values/by-id.ts'
import { type Json, mapValues } from '../values/json.ts'
import { answerOf } from './answer-of.ts'
import { readForm } from './sources/form.ts'
import { lookUp, type Scope, type TourContext } from './sources/sources.ts'

/** A step that waits for the visitor. */
export type VisibleStep = Exclude<Step, { type: 'trigger' }>

/** Where a visitor is in a tour; outlives the page. */
export interface RunProgress {
  /** The step's index, from 0. */
  index: number
  answers: Record<string, Json>
  /** The triggers that have fired. */
  fired: string[]
  /** ISO 8601. */
  startedAt: string
}

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

export interface RunOptions {
  tour: Tour
  /** Where the run stands; without it, a new one begins. */
  progress?: RunProgress | undefined
  scope(answers: Record<string, Json>, tour: TourContext): Scope
  /** Fires a trigger; false when it may not fire now. */
  fire(trigger: Trigger, scope: Scope): boolean
  /** The run has changed; `undefined` when it has ended. */
  onProgress(progress: RunProgress | undefined): void
  emit: Emit<RunEvents>
  /** Runs what a caller has asked for; what it throws is announced. */
  attempt(work: () => unknown): void
}

/** Makes a run; `begin` starts it, or shows the step that it stands at. */
export function createRun({ tour, scope, fire, onProgress, emit, attempt, ...options }: RunOptions) {
  const { steps = [], triggers = [] } = tour
  const progress: RunProgress = {
    index: 0,
    answers: {},
    fired: [],
    startedAt: new Date().toISOString(),
    ...options.progress,
  }
  let status: Run['status'] = 'running'
  /** Of the step that it stands at, once it stands at one. */
  let stepId = options.progress && idOf(progress.index)

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
    lookUp: name => lookUp(name, scopeNow()),
    // Another library's tour goes on by itself.
    next: () => whileRunning(() => tour.steps && enter(progress.index + 1)),
    previous: () =>
      whileRunning(() => {
        const index = steps.findLastIndex(({ type }, at) => at < progress.index && type !== 'trigger')
        if (index >= 0) enter(index)
      }),
    goTo: target =>
      whileRunning(() => {
        const step = typeof target === 'number' ? steps[target] : byId(steps, target, 'step')
        if (step) enter(steps.indexOf(step))
      }),
    answer: (name, value) => whileRunning(() => keep({ [name]: value })),
    collect: form =>
      whileRunning(() => {
        const fields = run.step?.fields ?? []
        const fieldOf = (name: string) => fields.find(field => field.name === name)
        keep(mapValues(readForm(form), (value, name) => answerOf(fieldOf(name), value)))
      }),
    reach: (index, id = String(index)) =>
      whileRunning(() => {
        progress.index = index
        stepId = id
        fireAt('step')
      }),
    complete: () => whileRunning(() => end('completed')),
    close: () => whileRunning(() => end('closed')),
  }

  const event: RunEvent = { tour: tour.id, run }

  function whileRunning(work: () => unknown): void {
    if (status === 'running') attempt(work)
  }

  /** Goes to a step; triggers do their work on the way, and the first step that waits is shown. */
  function enter(index: number): void {
    // A listener may have ended it on the way.
    if (status !== 'running') return
    const step = steps[index]
    if (!step) {
      end('completed')
      return
    }
    progress.index = index
    stepId = idOf(index)
    fireAt('step')
    if (step.type === 'trigger') {
      fireOnce(`step ${index}`, step.trigger)
      enter(index + 1)
    } else {
      show()
    }
  }

  function show(): void {
    const { step } = run
    if (!step) return
    onProgress(progress)
    emit('step', { ...event, step, index: progress.index })
  }

  function end(ending: 'completed' | 'closed'): void {
    status = ending
    fireAt(ending)
    onProgress(undefined)
    emit(ending, event)
  }

  function fireAt(on: TourTrigger['on']): void {
    triggers.forEach((entry, index) => {
      const isMeant = entry.on !== 'step' || entry.step === stepId || entry.step === progress.index
      if (entry.on === on && isMeant) fireOnce(`trigger ${index}`, entry.trigger)
    })
  }

  function fireOnce(key: string, trigger: Trigger): void {
    const { fired } = progress
    if (fired.includes(key) && !trigger.repeat) return
    if (fire(trigger, scopeNow())) fired.push(key)
  }

  function idOf(index: number): string {
    return steps[index]?.id ?? String(index)
  }

  function scopeNow(): Scope {
    const { answers, startedAt } = progress
    return scope(answers, { id: tour.id, name: tour.name ?? tour.id, step: stepId, startedAt })
  }

  function filled(step: VisibleStep): VisibleStep {
    const fill = (text = '') => fillText(text, run.lookUp)
    return { ...step, title: fill(step.title), content: fill(step.content) }
  }

  function keep(values: Record<string, unknown>): void {
    // At once, so that what JSON can't say is the caller's error, and changing the value later changes nothing.
    progress.answers = { ...progress.answers, ...JSON.parse(JSON.stringify(values)) }
    onProgress(progress)
  }

  function begin(): void {
    if (options.progress) {
      // The tour may have changed: what was a step to show may be a trigger now.
      if (run.step) show()
      else enter(progress.index)
      return
    }
    onProgress(progress)
    fireAt('started')
    emit('started', event)
    if (tour.steps) enter(0)
  }

  return { run, begin }
}
