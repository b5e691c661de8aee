import { type Clock, steadyTime } from '../../clock.ts'
import { coalesced } from '../../coalesce.ts'
import type { Attempt, Claimed, Settlement, Store } from '../../stores/store.ts'
import { toError } from '../../to-error.ts'
import type { Endpoint } from '../../webhooks/endpoint.ts'
import type { NextState, Tried } from '../delivery-types.ts'
import type { Attempter } from './attempt.ts'
import { createLane, type DeliveryLane } from './lane.ts'
import { createStartGate } from './start-gate.ts'

const pollMs = 1000

/** Sends what is due, each endpoint in a lane of its own. */
export interface Worker {
  /** Looks for what is due: to these webhooks, or to all. */
  wake(webhooks?: Iterable<string>): void
  /** Begins again gently with an endpoint that was down: one at a time, then two, four and so on. */
  slowStart(webhook: string): void
  /** Lets attempts in flight end, gives the rest back, and stops. */
  close(): Promise<void>
}

export interface WorkerOptions {
  store: Pick<Store, 'leaseMs' | 'dueWebhooks' | 'claim' | 'settle'>
  clock: Clock
  attempt: Attempter
  /** An attempt starts only if its lease lasts as long as it may take. */
  timeoutMs: number
  /** A webhook that may be called now, or `undefined`. */
  endpointOf: (webhook: string) => Endpoint | undefined
  /** What becomes of a delivery, by the time that falls due. */
  judge: (tried: Tried, now: number) => NextState
  onSettled: (tried: Tried, next: NextState) => void
  onError: (error: Error) => void
}

/**
 * A worker, at work.
 *
 * Its cost goes with what is due: once a second it asks which webhooks have something due, whatever their number.
 */
export function createWorker({
  store,
  clock,
  attempt,
  timeoutMs,
  endpointOf,
  judge,
  onSettled,
  onError,
}: WorkerOptions): Worker {
  const lanes = new Map<string, DeliveryLane>()
  /** Webhooks of which the store may have more. */
  const backlogged = new Set<string>()
  /** Webhooks whose next turn a timer waits for. */
  const rateTimers = new Set<string>()
  const underWay = new Set<Promise<void>>()
  const unsettled: { tried: Tried; next: NextState }[] = []
  /** Lanes that may have something to start, in the order of their turns. */
  const turns = new Set<string>()
  const gate = createStartGate({ clock, onRoom: takeTurns })
  const dueTime = steadyTime(clock)
  let closed = false

  function laneOf(webhook: string): DeliveryLane {
    const lane = lanes.get(webhook) ?? createLane(timeoutMs)
    lanes.set(webhook, lane)
    return lane
  }

  /** Has `close` wait for it. */
  function track(work: Promise<void>): void {
    const tracked: Promise<void> = work.finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }

  /** Has a lane start what it may, one attempt at a time in turn with the others. */
  function start(id: string): void {
    turns.add(id)
    takeTurns()
  }
  function takeTurns(): void {
    // Whoever is put back while this runs comes again at the end.
    for (const id of turns) {
      if (!gate.hasRoom()) return
      turns.delete(id)
      if (startNext(id)) turns.add(id)
    }
  }

  /** Starts the next of a lane, if its turn has come. */
  function startNext(id: string): boolean {
    const lane = laneOf(id)
    const endpoint = endpointOf(id)
    if (!endpoint || closed) {
      track(giveBack(lane.drain()).catch(onError))
      return false
    }
    const now = clock.elapsed()
    const next = lane.take(endpoint.webhook, now)
    if (next) track(send(lane, endpoint, next))
    const turn = lane.waitsUntil(endpoint.webhook, now)
    if (turn !== undefined && !rateTimers.has(id)) {
      rateTimers.add(id)
      clock.after(turn - now, () => {
        rateTimers.delete(id)
        start(id)
      })
    }
    return next !== undefined && lane.waiting() > 0
  }

  async function send(lane: DeliveryLane, endpoint: Endpoint, claimed: Claimed): Promise<void> {
    const end = gate.enter()
    const tried = { claimed, ...(await attempt(endpoint, claimed)) }
    lane.answered(tried.outcome, endpoint.webhook, clock.elapsed())
    unsettled.push({ tried, next: judge(tried, dueTime()) })
    end()
    void settle()
    start(claimed.webhook)
  }

  /** Claims for every lane that may have more and has room, in one go. */
  const claim = coalesced(async () => {
    if (closed) return
    const wanted = [...backlogged].flatMap(webhook => {
      const endpoint = endpointOf(webhook)
      if (!endpoint) backlogged.delete(webhook)
      const limit = endpoint ? laneOf(webhook).room(endpoint.webhook) : 0
      return limit > 0 ? { webhook, limit } : []
    })
    if (wanted.length === 0) return
    for (const { webhook } of wanted) backlogged.delete(webhook)
    try {
      // The lease began no earlier than this.
      const leaseEnds = clock.elapsed() + store.leaseMs
      const found = byWebhook(await store.claim(wanted, dueTime()))
      for (const { webhook, limit } of wanted) {
        const claimed = found.get(webhook) ?? []
        if (claimed.length === limit) backlogged.add(webhook)
        laneOf(webhook).put(claimed, leaseEnds)
        start(webhook)
      }
    } catch (error) {
      // The next poll claims again.
      onError(toError(error))
    }
  })

  /** Logs what has been tried. */
  const settle = coalesced(async () => {
    if (unsettled.length === 0) return
    const batch = unsettled.splice(0)
    try {
      const setAside = await store.settle(
        batch.map(({ tried: { claimed, attempt }, next }) => settlementOf(claimed, next, attempt)),
      )
      for (const { error } of setAside) onError(error)
    } catch (error) {
      // Nothing of it is in the log; the next poll tries again.
      unsettled.unshift(...batch)
      return onError(toError(error))
    }
    for (const { tried, next } of batch) {
      laneOf(tried.claimed.webhook).settled()
      onSettled(tried, next)
    }
    void claim()
  })

  async function giveBack(claimed: readonly Claimed[]): Promise<void> {
    const dueAt = dueTime()
    if (claimed.length > 0)
      await store.settle(claimed.map(one => settlementOf(one, { state: 'pending', dueAt })))
  }

  /** Finds the webhooks that have something due, also what other processes have queued. */
  const look = coalesced(async () => {
    if (closed) return
    try {
      for (const webhook of await store.dueWebhooks(dueTime())) backlogged.add(webhook)
    } catch (error) {
      // The next poll looks again.
      return onError(toError(error))
    }
    void claim()
  })

  function poll(): void {
    stopPolling = clock.after(pollMs, poll)
    for (const [id, lane] of lanes) if (lane.waiting() > 0) start(id)
    void settle()
    void look()
  }
  let stopPolling = clock.after(0, poll)

  return {
    wake(webhooks) {
      if (!webhooks) return void look()
      for (const webhook of webhooks) backlogged.add(webhook)
      void claim()
    },
    slowStart: webhook => laneOf(webhook).slowStart(),
    async close() {
      closed = true
      stopPolling()
      await Promise.all([claim(), look()])
      await giveBack([...lanes.values()].flatMap(lane => lane.drain())).catch(onError)
      await Promise.all(underWay)
      await settle()
    },
  }
}

function settlementOf({ id, webhook, lease }: Claimed, next: NextState, attempt?: Attempt): Settlement {
  return { id, webhook, lease, ...next, attempt }
}

function byWebhook(claimed: readonly Claimed[]): Map<string, Claimed[]> {
  const groups = new Map<string, Claimed[]>()
  for (const one of claimed) {
    const group = groups.get(one.webhook)
    if (group) group.push(one)
    else groups.set(one.webhook, [one])
  }
  return groups
}
