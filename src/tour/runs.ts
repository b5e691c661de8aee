import type { JsonStorage } from '../delivery/storage.ts'
import type { Emit } from '../events.ts'
import type { Tour } from '../schema/tour.ts'
import type { Trigger } from '../schema/triggers.ts'
import { byId } from '../values/by-id.ts'
import { createRun, type Run, type RunEvents, type RunProgress } from './run.ts'
import type { Scope } from './sources/sources.ts'
import type { TagStore } from './tag-store.ts'

/** A tab's runs, at most one of each tour. */
export interface Runs {
  /**
   * Starts a tour, or goes on with its run.
   *
   * @throws {Error} when there is no such tour.
   */
  start(id: string): Run
  /** Goes on with the runs that the page before has left. */
  resume(): void
  /** Those under way, the latest started last. */
  active(): Run[]
}

export interface RunsOptions {
  tours: readonly Tour[]
  tags: TagStore
  /** Where runs outlive the page: the tab's. */
  storage: JsonStorage
  /** Fires a trigger; false when it may not fire now. */
  fire(trigger: Trigger, scope: Scope): boolean
  emit: Emit<RunEvents>
  /** Runs what a caller has asked for; what it throws is announced. */
  attempt(work: () => unknown): void
}

export function createRuns({ tours, tags, storage, fire, emit, attempt }: RunsOptions): Runs {
  const runs = new Map<string, Run>()

  function start(id: string): Run {
    const active = runs.get(id)
    if (active?.status === 'running') return active
    const tour = byId(tours, id, 'tour')
    const progress = storage.get(`run:${id}`) as RunProgress | undefined
    const { run, begin } = createRun({
      tour,
      // The tour may have changed since.
      progress: progress && tour.steps?.[progress.index] && progress,
      scope: (answers, tour) => ({ tags: tags.get(), answers, tour }),
      fire,
      attempt,
      // A tour that another library draws ends with its page.
      onProgress(progress) {
        if (progress && tour.steps) storage.set(`run:${id}`, progress)
        else storage.remove(`run:${id}`)
      },
      emit,
    })
    // Anew, so that the latest comes last.
    runs.delete(id)
    runs.set(id, run)
    begin()
    return run
  }

  return {
    start,
    resume: () =>
      attempt(() => {
        const left = storage.keys('run:')
        for (const { id } of tours) if (left.includes(`run:${id}`)) attempt(() => start(id))
      }),
    active: () => [...runs.values()].filter(({ status }) => status === 'running'),
  }
}
