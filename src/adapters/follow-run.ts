import type { Run } from '../tour/run.ts'
import type { Tourhook } from '../tourhook.ts'

/** What an adapter needs of a Tourhook. */
export type RunStarter = Pick<Tourhook, 'start'>

export interface AttachOptions {
  /** The tour's id in the config; there it has `triggers` and no `steps`. */
  tour: string
}

/** Keeps the run of a tour that another library draws. */
export interface Follower {
  /** A step is shown, by its index and the library's own id; the first one starts the run. */
  reach(index: number, id?: string): void
  /** The visitor has gone on from the last step. */
  complete(): void
  /** The tour has left the screen: early, unless it was completed. */
  leave(): void
  /** Forgets the run where it stands; from then on, nothing happens. */
  stop(): void
}

/** Turns what a library shows into a run: started, completed or closed once each, a step once a visit. */
export function followRun(tourhook: RunStarter, tour: string): Follower {
  let run: Run | undefined
  let shown: number | undefined
  let isStopped = false

  return {
    reach(index, id) {
      if (isStopped || index === shown) return
      shown = index
      // Kept after its end, until the tour is off the screen: a last step that stays starts no second run.
      run ??= tourhook.start(tour)
      run?.reach(index, id)
    },
    complete: () => run?.complete(),
    leave() {
      run?.close()
      run = undefined
      shown = undefined
    },
    stop() {
      isStopped = true
      run = undefined
    },
  }
}
