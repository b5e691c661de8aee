import type { Emit } from '../events.ts'
import { fillText } from '../message/template.ts'
import type { Step } from '../schema/steps.ts'
import type { Tour } from '../schema/tour.ts'
import type { TourTrigger, Trigger } from '../schema/triggers.ts'
import { byId } from '../values/by-id.ts'
import { mapValues, stringify } from '../values/json.ts'
import { lastIndexOf } from '../values/last-index.ts'
import type { Tags } from '../values/tags.ts'
import { answerOf } from './answer-of.ts'
import type { Run, RunEvent, RunEvents, StepEvent, VisibleStep } from './run.ts'
import { currentIndex, hasFired, messageIdOf, newProgress, type RunProgress } from './run-progress.ts'
import { readForm } from './sources/form.ts'
import { lookUp, type Scope } from './sources/sources.ts'
import { userIdOf } from './trigger.ts'
import { stepKey, triggerKey } from './trigger-key.ts'

export interface RunOptions {
  tour: Tour
  /** Where the run stands; without it, a new one begins. */
  progress?: RunProgress | undefined
  tags(): Tags
  /** Fires a trigger; false when it may not fire now. */
  fire(trigger: Trigger, scope: Scope): boolean
  /** The run has changed; `undefined` when it has ended. */
  onProgress(progress: RunProgress | undefined): void
  emit: Emit<RunEvents>
  /** Runs what a caller has asked for; what it throws is announced. */
  attempt(work: () => unknown): void
}

/** A run, and what its keeper alone may do with it. */
export interface KeptRun {
  run: Run
  /** Starts it, or shows the step that it stands at. */
  begin(): void
  /** Announces its step once more. */
  showAgain(): void
  /** The step that it waits at, as it was announced. */
  waiting(): StepEvent | undefined
  /** Whether it goes on, for the present user; if that is another by now, it has ended. */
  isUnderWay(): boolean
  /** Ends it without a word to any webhook, and forgets its answers: its user has gone. */
  abandon(): void
}

export function createRun({ tour, tags, fire, onProgress, emit, attempt, ...options }: RunOptions): KeptRun {
  const { steps = [], triggers = [] } = tour
  const keys = [...triggers, ...steps.filter(isTrigger)].map(triggerKey)
  const progress = { ...(options.progress ?? newProgress(userIdOf(tags()))) }
  let status: Run['status'] = 'running'
  /** The id of the step that it stands at, or its index, once it stands at one. */
  let stepId: string | undefined
  let isAnnouncing = false

  const run: Run = {
    tour,
    get status() {
      return status
    },
    get step() {
      const step = status === 'running' ? steps[progress.index] : undefined
      return step && isVisible(step) ? filled(step) : undefined
    },
    get index() {
      return progress.index
    },
    get answers() {
      return progress.answers
    },
    lookUp: name => lookUp(name, scopeNow()),
    // Another library's tour goes on by itself.
    next: () => whileUnderWay(() => tour.steps && enter(progress.index + 1)),
    previous: () =>
      whileUnderWay(() => {
        const index = lastIndexOf(steps, (step, at) => at < progress.index && isVisible(step))
        if (index >= 0) enter(index)
      }),
    goTo: target =>
      whileUnderWay(() => {
        const step = typeof target === 'number' ? steps[target] : byId(steps, target, 'step')
        if (step) enter(steps.indexOf(step))
      }),
    answer: (name, value) => whileUnderWay(() => keep({ [name]: value })),
    collect: form =>
      whileUnderWay(() => {
        const fields = run.step?.fields ?? []
        const fieldOf = (name: string) => fields.find(field => field.name === name)
        keep(mapValues(readForm(form), (value, name) => answerOf(fieldOf(name), value)))
      }),
    reach: (index, id) =>
      whileUnderWay(() => {
        standAt(index, id)
        fireAt('step')
      }),
    complete: () => whileUnderWay(() => end('completed')),
    close: () => whileUnderWay(() => end('closed')),
  }

  const event: RunEvent = { tour: tour.id, run }

  function whileUnderWay(work: () => unknown): void {
    if (isUnderWay()) attempt(work)
  }

  function isUnderWay(): boolean {
    if (status === 'running' && !isTheirs()) abandon()
    return status === 'running'
  }

  /** Whether the present user is the one whose run it is. */
  function isTheirs(): boolean {
    const userId = userIdOf(tags())
    // Who had no id yet may get one on the way.
    progress.userId ??= userId
    return progress.userId === userId
  }

  function standAt(index: number, id = steps[index]?.id ?? String(index)): void {
    progress.index = index
    progress.step = steps[index] && stepKey(steps[index])
    stepId = id
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
    standAt(index)
    fireAt('step')
    if (isVisible(step)) {
      show()
      return
    }
    if (isTrigger(step)) fireOnce(step)
    else attempt(() => complain(step))
    enter(index + 1)
  }

  function complain({ type }: { type: unknown }): void {
    const expected = 'expected modal, pointer, slideout or trigger'
    throw new TypeError(
      `tour "${tour.id}": step ${progress.index} is left out: ${expected}, got ${JSON.stringify(type)}`,
    )
  }

  function waiting(): StepEvent | undefined {
    const { step } = run
    return step && { ...event, step, index: progress.index }
  }

  function show(): void {
    const shown = waiting()
    if (!shown) return
    onProgress(progress)
    isAnnouncing = true
    emit('step', shown)
    isAnnouncing = false
  }

  function showAgain(): void {
    // A listener that starts the tour would hear of itself for ever.
    if (!isAnnouncing) show()
  }

  function end(ending: 'completed' | 'closed'): void {
    status = ending
    fireAt(ending)
    onProgress(undefined)
    emit(ending, event)
  }

  function abandon(): void {
    if (status !== 'running') return
    status = 'closed'
    progress.answers = {}
    onProgress(undefined)
    emit('closed', event)
  }

  function fireAt(on: TourTrigger['on']): void {
    for (const entry of triggers) {
      const isMeant = entry.on !== 'step' || entry.step === stepId || entry.step === progress.index
      if (entry.on === on && isMeant) fireOnce(entry, on)
    }
  }

  function fireOnce(entry: TourTrigger | TriggerStep, on?: TourTrigger['on']): void {
    const key = triggerKey(entry)
    if (!isTheirs() || (!entry.trigger.repeat && hasFired(progress, key, keys))) return
    const scope = { ...scopeNow(), messageId: messageIdOf(progress, key), on }
    if (fire(entry.trigger, scope)) progress.fired[key.full] = (progress.fired[key.full] ?? 0) + 1
  }

  function scopeNow(): Scope {
    const { answers, startedAt } = progress
    const outcome = status === 'running' ? undefined : status
    const { id, name = id } = tour
    return { tags: tags(), answers, tour: { id, name, step: stepId, startedAt, outcome } }
  }

  function filled(step: VisibleStep): VisibleStep {
    const fill = (text = '') => fillText(text, name => lookUp(name, scopeNow()))
    return { ...step, title: fill(step.title), content: fill(step.content) }
  }

  function keep(values: Record<string, unknown>): void {
    // At once, so that what JSON can't say is the caller's error, and changing the value later changes nothing.
    progress.answers = { ...progress.answers, ...JSON.parse(stringify(values)) }
    onProgress(progress)
  }

  function begin(): void {
    if (options.progress) {
      standAt(currentIndex(tour, progress))
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

  return { run, begin, showAgain, waiting, isUnderWay, abandon }
}

type TriggerStep = Extract<Step, { type: 'trigger' }>

function isTrigger(step: Step): step is TriggerStep {
  return step.type === 'trigger'
}

function isVisible(step: Step): step is VisibleStep {
  return /^(modal|pointer|slideout)$/.test(step.type)
}
