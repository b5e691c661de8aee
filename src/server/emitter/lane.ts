import type { Claimed } from '../stores/store.ts'
import type { AttemptOutcome } from './retry-policy.ts'

const defaultConcurrency = 8
const usualHold = 128
const shortestThrottleMs = 1000
const longestThrottleMs = 60_000

/** What a webhook allows. */
export interface Limits {
  concurrency?: number | undefined
  ratePerSecond?: number | undefined
}

/** One endpoint's queue within a worker, with limits of its own, so that no endpoint holds up another. */
export interface DeliveryLane {
  /** How many more to claim; small next to the store's backlog, so that it can't fill the worker. */
  room(limits: Limits): number
  put(claimed: readonly Claimed[]): void
  /** The next to send, when its turn has come. */
  take(limits: Limits, now: number): Claimed | undefined
  /** When `take` may have one that only has to wait, or `undefined`. */
  waitsUntil(limits: Limits, now: number): number | undefined
  /** Says how one went: its place is free for the next. */
  answered(outcome: AttemptOutcome, limits: Limits, now: number): void
  /** Says that one is in the log: room for another. */
  settled(): void
  /** Gives up what has not been started. */
  drain(): Claimed[]
}

/** Makes a lane. What is claimed for less than `reserveMs` more is left to its next holder. */
export function createLane(reserveMs: number): DeliveryLane {
  const waiting: Claimed[] = []
  let inFlight = 0
  let unsettled = 0
  let startsAt = 0
  // What the endpoint bears: one at a time after it asked for mercy, one more with each success.
  let bearable = Number.POSITIVE_INFINITY

  const hasPlace = ({ concurrency = defaultConcurrency }: Limits) => inFlight < Math.min(concurrency, bearable)

  return {
    room({ concurrency = defaultConcurrency, ratePerSecond = Number.POSITIVE_INFINITY }) {
      const hold = Math.min(Math.max(usualHold, 2 * concurrency), Math.ceil(ratePerSecond))
      const room = hold - waiting.length - inFlight - unsettled
      // Rather many seldom than one by one.
      return room >= hold / 2 ? room : 0
    },
    put(claimed) {
      waiting.push(...claimed)
    },
    take(limits, now) {
      if (!hasPlace(limits) || now < startsAt) return undefined
      while (waiting.length > 0) {
        const next = waiting.shift()
        if (!next || next.leaseUntil - now < reserveMs) continue
        inFlight += 1
        if (limits.ratePerSecond !== undefined) startsAt = now + 1000 / limits.ratePerSecond
        return next
      }
      return undefined
    },
    waitsUntil: (limits, now) =>
      waiting.length > 0 && hasPlace(limits) && now < startsAt ? startsAt : undefined,
    answered(outcome, { concurrency = defaultConcurrency }, now) {
      inFlight -= 1
      unsettled += 1
      if (outcome.kind === 'delivered')
        bearable = bearable < concurrency ? bearable + 1 : Number.POSITIVE_INFINITY
      if (outcome.kind === 'failed' && outcome.throttled) {
        bearable = 1
        // After a minute one more may ask again; each delivery keeps to the whole of its own Retry-After.
        const asked = Math.max(outcome.retryAfterMs ?? 0, shortestThrottleMs)
        startsAt = Math.max(startsAt, now + Math.min(asked, longestThrottleMs))
      }
    },
    settled() {
      unsettled -= 1
    },
    drain: () => waiting.splice(0),
  }
}
