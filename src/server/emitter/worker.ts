import type { Clock } from '../clock.ts'
import { coalesced } from '../coalesce.ts'
import type { Attempt, Claimed, Settlement, Store } from '../stores/store.ts'
import { toError } from '../to-error.ts'
import type { Endpoint } from '../webhooks/endpoint.ts'
import type { Attempter } from './attempt.ts'
import type { NextState, Tried } from './delivery-types.ts'
import { createLane, type DeliveryLane } from './lane.ts'

const pollMs = 1000

/** Sends what is due, each endpoint in a lane of its own. */
export interface Worker {
  /** Looks for what is due: to these webhooks, or to all. */
  wake(webhooks?: Iterable<string>): void
  /** Lets attempts in flight end, gives the rest back, and stops. */
  close(): Promise<void>
}

export interface WorkerOptions {
  store: Store
  clock: Clock
  attempt: Attempter
  /** An attempt starts only if its lease lasts as long as it may take. */
  timeoutMs: number
  /** The webhooks that may be called now. */
  endpoints: () => Iterable<string>
  /** A webhook that may be called now, or `undefined`. */
  endpointOf: (webhook: string) => Endpoint | undefined
  judge: (tried: Tried) => NextState
  onSettled: (tried: Tried, verdict: NextState) => void
  onError: (error: Error) => void
}

/** Makes a worker, and starts it. */
export function createWorker({
  store,
  clock,
  attempt,
  timeoutMs,
  endpoints,
  endpointOf,
  judge,
  onSettled,
  onError,
}: WorkerOptions): Worker {
  const lanes = new Map<string, DeliveryLane>()
  const hungry = new Set<string>()
  const alarms = new Set<string>()
  const underWay = new Set<Promise<void>>()
  const tried: { tried: Tried; verdict: NextState }[] = []
  let closed = false

  const laneOf = (webhook: string): DeliveryLane => {
    const lane = lanes.get(webhook) ?? createLane(timeoutMs)
    lanes.set(webhook, lane)
    return lane
  }

  /** Has `close` wait for it. */
  const track = (work: Promise<void>) => {
    const tracked: Promise<void> = work.finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }

  /** Starts what a lane may start now. */
  const start = (id: string) => {
    const lane = laneOf(id)
    const endpoint = endpointOf(id)
    if (!endpoint || closed) return track(giveBack(lane.drain()).catch(onError))
    const now = clock.now()
    for (let next = lane.take(endpoint.webhook, now); next; next = lane.take(endpoint.webhook, now)) {
      track(send(lane, endpoint, next))
    }
    const turn = lane.waitsUntil(endpoint.webhook, now)
    if (turn === undefined || alarms.has(id)) return
    alarms.add(id)
    clock.after(turn - now, () => {
      alarms.delete(id)
      start(id)
    })
  }

  const send = async (lane: DeliveryLane, endpoint: Endpoint, claimed: Claimed) => {
    const result = { claimed, ...(await attempt(endpoint, claimed)) }
    lane.answered(result.outcome, endpoint.webhook, clock.now())
    tried.push({ tried: result, verdict: judge(result) })
    void settle()
    start(claimed.webhook)
  }

  /** Claims for every lane that may have more and has room, in one go. */
  const claim = coalesced(async () => {
    if (closed) return
    const wanted = [...hungry].flatMap(webhook => {
      const endpoint = endpointOf(webhook)
      if (!endpoint) hungry.delete(webhook)
      const limit = endpoint ? laneOf(webhook).room(endpoint.webhook) : 0
      return limit > 0 ? { webhook, limit } : []
    })
    if (wanted.length === 0) return
    for (const { webhook } of wanted) hungry.delete(webhook)
    try {
      const found = await store.claim(wanted, clock.now())
      for (const { webhook, limit } of wanted) {
        const claimed = found.filter(one => one.webhook === webhook)
        if (claimed.length === limit) hungry.add(webhook)
        laneOf(webhook).put(claimed)
        start(webhook)
      }
    } catch (error) {
      // The next poll claims again.
      onError(toError(error))
    }
  })

  /** Logs what has been tried. */
  const settle = coalesced(async () => {
    if (tried.length === 0) return
    const batch = tried.splice(0)
    try {
      await store.settle(
        batch.map(({ tried: { claimed, attempt }, verdict }) => settlementOf(claimed, verdict, attempt)),
      )
    } catch (error) {
      // Nothing of it is in the log; the next poll tries again.
      tried.unshift(...batch)
      return onError(toError(error))
    }
    for (const { tried, verdict } of batch) {
      laneOf(tried.claimed.webhook).settled()
      onSettled(tried, verdict)
    }
    void claim()
  })

  const giveBack = async (claimed: readonly Claimed[]) => {
    const dueAt = clock.now()
    if (claimed.length > 0)
      await store.settle(claimed.map(one => settlementOf(one, { state: 'pending', dueAt })))
  }

  const wake = (webhooks: Iterable<string> = endpoints()) => {
    for (const webhook of webhooks) hungry.add(webhook)
    void claim()
  }

  const poll = () => {
    for (const webhook of lanes.keys()) start(webhook)
    void settle()
    wake()
    stopPolling = clock.after(pollMs, poll)
  }
  let stopPolling = clock.after(0, poll)

  return {
    wake,
    async close() {
      closed = true
      stopPolling()
      await claim()
      await giveBack([...lanes.values()].flatMap(lane => lane.drain())).catch(onError)
      await Promise.all(underWay)
      await settle()
    },
  }
}

function settlementOf({ id, webhook, lease }: Claimed, verdict: NextState, attempt?: Attempt): Settlement {
  return { id, webhook, lease, ...verdict, ...(attempt ? { attempt } : {}) }
}
