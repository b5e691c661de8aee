import type { JsonStorage } from '../delivery/storage.ts'
import type { Emit } from '../events.ts'
import type { Tour } from '../schema/tour.ts'
import type { Trigger } from '../schema/triggers.ts'
import { byId } from '../values/by-id.ts'
import { createRun, type KeptRun } from './create-run.ts'
import type { Run, RunEvents, StepEvent } from './run.ts'
import { isProgress, type RunProgress } from './run-progress.ts'
import type { Scope } from './sources/sources.ts'
import type { TagStore } from './tag-store.ts'
import { userIdOf } from './trigger.ts'

/** A tab's runs, at most one of each tour. */
export interface Runs {
  /**
   * Starts a tour, or goes on with its run, and shows its step again.
   *
   * @throws {Error} when there is no such tour.
   */
  start(id: string): Run | undefined
  /** Goes on with the runs that the page before has left, once it is known that they are the present user's. */
  resume(): void
  /** Those under way, the latest started last. */
  active(): Run[]
  /** The steps that wait for the visitor. */
  waiting(): StepEvent[]
  /** The user may be another: ends the runs of the one before. */
  check(): void
  /** The user has gone: ends all runs, and sends nothing. */
  abandon(): void
  /** From now on, nothing happens; the next page goes on. */
  stop(): void
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

/** How often, and how many times, is looked whose page it is: many say so late. */
const userEveryMs = 500
const userLooks = 20

export function createRuns({ tours, tags, storage, fire, emit, attempt }: RunsOptions): Runs {
  const runs = new Map<string, KeptRun>()
  let looksLeft = userLooks
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  function userId(): string | null {
    return userIdOf(tags.get())
  }

  function stored(id: string): RunProgress | undefined {
    const progress = storage.get(`run:${id}`)
    return isProgress(progress) ? progress : undefined
  }

  function start(id: string): Run | undefined {
    if (isStopped) return undefined
    const active = runs.get(id)
    if (active?.isUnderWay()) {
      // What drew it may have gone and come again.
      active.showAgain()
      return active.run
    }
    const tour = byId(tours, id, 'tour')
    const progress = stored(id)
    const isTheirs = progress && (progress.userId ?? userId()) === userId()
    const kept = createRun({
      tour,
      progress: isTheirs ? progress : undefined,
      tags: tags.get,
      fire,
      attempt: work => isStopped || attempt(work),
      // A tour that another library draws ends with its page.
      onProgress(progress) {
        if (progress && tour.steps) storage.set(`run:${id}`, progress)
        else storage.remove(`run:${id}`)
      },
      emit,
    })
    // Anew, so that the latest comes last.
    runs.delete(id)
    runs.set(id, kept)
    kept.begin()
    return kept.run
  }

  function resume(): void {
    clearTimeout(timer)
    if (isStopped) return
    const user = userId()
    const left = tours.filter(({ id }) => stored(id) && !runs.get(id)?.isUnderWay())
    const ownerOf = ({ id }: Tour) => stored(id)?.userId ?? user
    for (const tour of left) {
      if (ownerOf(tour) === user) attempt(() => start(tour.id))
      else if (user !== null) storage.remove(`run:${tour.id}`)
    }
    const isUnknown = user === null && left.some(tour => ownerOf(tour) !== user)
    if (isUnknown && looksLeft-- > 0) timer = setTimeout(resume, userEveryMs)
  }

  function underWay(): KeptRun[] {
    return isStopped ? [] : [...runs.values()].filter(kept => kept.isUnderWay())
  }

  return {
    start,
    resume: () => attempt(resume),
    active: () => underWay().map(({ run }) => run),
    waiting: () => underWay().flatMap(kept => kept.waiting() ?? []),
    check: () => attempt(() => void underWay()),
    abandon: () =>
      attempt(() => {
        for (const kept of runs.values()) kept.abandon()
        for (const key of storage.keys('run:')) storage.remove(key)
      }),
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
