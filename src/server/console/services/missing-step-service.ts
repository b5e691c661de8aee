import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { coalesced } from '../../coalesce.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import { type MissedStep, type MissingStep, missingSteps, withMissed } from '../../visitors/missing-steps.ts'

/** How many reports of one tour wait at most to be kept. */
const mostWaiting = 1_000

/** Which steps' elements were not found on the site, of late. */
export interface MissingStepService {
  /** Counts; resolves once that is kept, or can't be: it is a hint, for which nobody's activity is refused. */
  count(tour: string, missed: readonly MissedStep[]): Promise<void>
  /** By the steps' ids. */
  of(tour: string): Promise<ReadonlyMap<string, MissingStep>>
}

export interface MissingStepServiceOptions {
  emitter: Pick<Emitter, 'apply' | 'read'>
  clock: Pick<Clock, 'now'>
}

export function createMissingStepService({ emitter, clock }: MissingStepServiceOptions): MissingStepService {
  const waiting = new Map<string, { missed: MissedStep[]; keep: () => Promise<void> }>()

  /** Keeps what has come meanwhile, all at once, so that a flood of reports waits for no lock. */
  async function keep(tour: string): Promise<void> {
    const missed = waiting.get(tour)?.missed.splice(0) ?? []
    if (missed.length === 0) return
    await emitter
      .apply({
        once: `missing:${randomUUID()}`,
        key: keyOf(tour),
        change: kept => ({ value: withMissed(kept, missed, clock.now()), events: [] }),
      })
      // The store is down; whoever takes the tour next reports the same.
      .catch(() => false)
  }

  return {
    async count(tour, missed) {
      const queue = waiting.get(tour) ?? { missed: [], keep: coalesced(() => keep(tour)) }
      waiting.set(tour, queue)
      queue.missed.push(...missed.slice(0, mostWaiting - queue.missed.length))
      await queue.keep()
      if (queue.missed.length === 0) waiting.delete(tour)
    },
    of: async tour => missingSteps(await emitter.read(keyOf(tour)), clock.now()),
  }
}

function keyOf(tour: string): string {
  return `missing:${tour}`
}
