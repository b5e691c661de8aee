import type { Claimed } from '../../stores/store.ts'
import type { AttemptOutcome } from '../delivery-types.ts'

const defaultConcurrency = 8
const usualHold = 128
const holdPerPlace = 16
const shortestThrottleMs = 1000
const longestThrottleMs = 60_000

/** What a webhook allows. */
export interface Limits {
  concurrency?: number | undefined
  ratePerSecond?: number | undefined
}

/**
 * One endpoint's queue within a worker, with limits of its own, so that no endpoint holds up another.
 *
 * Its times are those of `Clock.elapsed`.
 */
export interface DeliveryLane {
  /** How many more to claim; small next to the store's backlog, so that it can't fill the worker. */
  room(limits: Limits): number
  /** Takes what was claimed until a time. */
  put(claimed: readonly Claimed[], leaseEnds: number): void
  /** The next to send, when its turn has come. */
  take(limits: Limits, now: number): Claimed | undefined
  /** When `take` may have one that only has to wait, or `undefined`. */
  waitsUntil(limits: Limits, now: number): number | undefined
  /** How many have been put and not yet started. */
  waiting(): number
  /** Says how one went: its place is free for the next. */
  answered(outcome: AttemptOutcome, limits: Limits, now: number): void
  /** Says that one is in the log: room for another. */
  settled(): void
  /** Begins again with one at a time, then two, four and so on with each round of successes. */
  slowStart(): void
  /** Gives up what has not been started. */
  drain(): Claimed[]
}

/** A lane. What is claimed for less than `reserveMs` more is left to its next holder. */
export function createLane(reserveMs: number): DeliveryLane {
  const queue: { claimed: Claimed; leaseEnds: number }[] = []
  let inFlight = 0
  let unsettled = 0
  let startsAt = 0
  /** How many at the same time after the endpoint was down or asked us to slow down: one more with each success. */
  let allowedAtOnce = Number.POSITIVE_INFINITY

  function hasPlace({ concurrency = defaultConcurrency }: Limits): boolean {
    return inFlight < Math.min(concurrency, allowedAtOnce)
  }

  return {
    room({ concurrency = defaultConcurrency, ratePerSecond = Number.POSITIVE_INFINITY }) {
      const most = Math.min(Math.max(usualHold, 2 * concurrency), Math.ceil(ratePerSecond))
      const hold = Math.min(most, holdPerPlace * allowedAtOnce)
      const room = hold - queue.length - inFlight - unsettled
      // Rather many seldom than one by one.
      return room >= hold / 2 ? room : 0
    },
    put(claimed, leaseEnds) {
      for (const one of claimed) queue.push({ claimed: one, leaseEnds })
    },
    take(limits, now) {
      if (!hasPlace(limits) || now < startsAt) return undefined
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (next.leaseEnds - now < reserveMs) continue
        inFlight += 1
        if (limits.ratePerSecond !== undefined) startsAt = now + 1000 / limits.ratePerSecond
        return next.claimed
      }
      return undefined
    },
    waitsUntil: (limits, now) =>
      queue.length > 0 && hasPlace(limits) && now < startsAt ? startsAt : undefined,
    waiting: () => queue.length,
    answered(outcome, { concurrency = defaultConcurrency }, now) {
      inFlight -= 1
      unsettled += 1
      if (outcome.kind === 'delivered') {
        allowedAtOnce = allowedAtOnce < concurrency ? allowedAtOnce + 1 : Number.POSITIVE_INFINITY
      } else if (outcome.kind === 'failed' && (outcome.throttled || allowedAtOnce < concurrency)) {
        allowedAtOnce = 1
        // After a minute one more may ask again; each delivery keeps to the whole of its own Retry-After.
        const asked = Math.max(outcome.retryAfterMs ?? 0, shortestThrottleMs)
        startsAt = Math.max(startsAt, now + Math.min(asked, longestThrottleMs))
      }
    },
    settled() {
      unsettled -= 1
    },
    slowStart() {
      allowedAtOnce = 1
    },
    drain: () => queue.splice(0).map(({ claimed }) => claimed),
  }
}
