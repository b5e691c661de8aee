import type { Json } from '../../../values/json.ts'
import { wholeMs } from '../../../values/whole-ms.ts'
import { clearedMessage, isSameContent, withoutAnswer } from '../content.ts'
import { hourOf, hoursOf, togetherOf } from '../hours.ts'
import { lastAttemptOf, newestLookedAt } from '../last-attempt.ts'
import type { DeliveryFilter, DeliveryKey } from '../log-query.ts'
import { matches } from '../matches.ts'
import { canceledReason, forgottenReason, removedReason, tooMuchState } from '../reasons.ts'
import { byNewest } from '../search.ts'
import { settleApart } from '../settling.ts'
import type {
  AddResult,
  BulkOptions,
  Claimed,
  Delivery,
  HourCount,
  LastAttempt,
  NewDelivery,
  Settlement,
  Store,
  StoreOptions,
  WebhookRecord,
} from '../store.ts'
import { checkRepeat } from '../taken-error.ts'
import { memoryConsole } from './console.ts'

type Row = Delivery & { lease?: string; fingerprint?: string | undefined }

/** Keeps everything in memory: for tests and trying things out, since it ends with the process. */
export function memoryStore({ leaseMs = 60_000, mostStateBytes = 4e9 }: StoreOptions = {}): Store {
  const rows = new Map<string, Row>()
  const pending = new Map<string, Set<Row>>()
  const hours = new Map<string, HourCount>()
  const webhooks = new Map<string, WebhookRecord>()
  const values = new Map<string, { text: string; at: number }>()
  const applied = new Map<string, { at: number; queued: DeliveryKey[]; fingerprint?: string | undefined }>()
  let revision = 0
  let stateBytes = 0

  function insert(deliveries: readonly NewDelivery[]): Omit<AddResult, 'counted'> {
    const queued: DeliveryKey[] = []
    const conflicts: DeliveryKey[] = []
    for (const delivery of deliveries) {
      const { id, webhook, createdAt, dueAt } = delivery
      const kept = rows.get(keyOf(delivery))
      if (kept) {
        if (!isSameContent(kept, delivery)) conflicts.push({ webhook, id })
        continue
      }
      const times = { createdAt: wholeMs(createdAt), dueAt: wholeMs(dueAt) }
      const row: Row = {
        ...structuredClone(delivery),
        ...times,
        state: 'pending',
        failures: 0,
        attempts: [],
      }
      rows.set(keyOf(row), row)
      waitingFor(webhook).add(row)
      queued.push({ webhook, id })
    }
    return { queued, conflicts }
  }

  function waitingFor(webhook: string): Set<Row> {
    const waiting = pending.get(webhook) ?? new Set()
    pending.set(webhook, waiting)
    return waiting
  }

  function moveTo(row: Row, state: Row['state'], { dueAt = row.dueAt, reason }: Partial<Row> = {}) {
    Object.assign(row, { state, dueAt })
    delete row.lease
    if (reason === undefined) delete row.reason
    else row.reason = reason
    if (state === 'pending') return waitingFor(row.webhook).add(row)
    waitingFor(row.webhook).delete(row)
    if (waitingFor(row.webhook).size === 0) pending.delete(row.webhook)
  }

  function remove(row: Row) {
    moveTo(row, 'failed')
    rows.delete(keyOf(row))
  }

  function select(filter: DeliveryFilter): Row[] {
    return [...rows.values()].filter(row => matches(row, filter))
  }

  function changeAll(
    rows: readonly Row[],
    { most, before, only, onProgress }: BulkOptions,
    change: (row: Row) => void,
  ): number {
    const found = rows
      .filter(row => (!before || byNewest(row, before) > 0) && (only?.(row.webhook) ?? true))
      .sort(byNewest)
      .slice(0, most)
    for (const row of found) change(row)
    const last = found.at(-1)
    if (last) onProgress?.(found.length, { createdAt: last.createdAt, id: last.id, webhook: last.webhook })
    return found.length
  }

  async function write(settlements: readonly Settlement[]) {
    for (const { attempt, ...settlement } of settlements) {
      const { lease, state, dueAt, reason } = settlement
      const row = rows.get(keyOf(settlement))
      if (!row) continue
      if (attempt) row.attempts.push(row.reason === forgottenReason ? withoutAnswer(attempt) : attempt)
      if (row.lease !== lease && state !== 'delivered') continue
      if (attempt && state !== 'delivered') row.failures += 1
      moveTo(row, state, { ...(dueAt === undefined ? {} : { dueAt }), ...(reason ? { reason } : {}) })
    }
    for (const { hour, webhook, outcome, attempts, durationMs } of hoursOf(settlements)) {
      const key = `${hour} ${outcome} ${webhook}`
      const count = hours.get(key) ?? { hour, webhook, outcome, attempts: 0, durationMs: 0 }
      count.attempts += attempts
      count.durationMs += durationMs
      hours.set(key, count)
    }
  }

  function keep(key: string, value: Json, at: number) {
    const text = JSON.stringify(value)
    const more = text.length - (values.get(key)?.text.length ?? 0)
    if (more > 0 && stateBytes + more > mostStateBytes) throw tooMuchState()
    stateBytes += more
    values.set(key, { text, at })
  }

  function drop(key: string) {
    stateBytes -= values.get(key)?.text.length ?? 0
    values.delete(key)
  }

  function read(key: string): Json | undefined {
    const kept = values.get(key)
    return kept && JSON.parse(kept.text)
  }

  return {
    leaseMs,
    async add(deliveries, { db, once } = {}) {
      if (db) throw new TypeError('A memory store has no transactions to join; only postgresStore has')
      const before = once === undefined ? undefined : applied.get(once)
      if (before) return { queued: before.queued, conflicts: [], counted: false }
      const added = insert(deliveries)
      if (once !== undefined)
        applied.set(once, { at: deliveries[0]?.createdAt ?? Date.now(), queued: added.queued })
      return { ...added, counted: true }
    },
    async dueWebhooks(now) {
      return [...pending].flatMap(([webhook, waiting]) =>
        [...waiting].some(({ dueAt }) => dueAt <= now) ? [webhook] : [],
      )
    },
    async claim(lanes, now) {
      return lanes.flatMap(({ webhook, limit }) =>
        [...(pending.get(webhook) ?? [])]
          .filter(row => row.dueAt <= now)
          .sort((a, b) => a.dueAt - b.dueAt)
          .slice(0, limit)
          .map((row): Claimed => {
            const lease = crypto.randomUUID()
            const leaseUntil = wholeMs(now + leaseMs)
            Object.assign(row, { lease, dueAt: leaseUntil })
            return structuredClone({ ...row, lease, leaseUntil })
          }),
      )
    },
    settle: settlements => settleApart(settlements, write, () => false),

    async list(filter, { limit, before }) {
      return {
        deliveries: select(filter)
          .filter(row => !before || byNewest(row, before) > 0)
          .sort(byNewest)
          .slice(0, limit)
          .map(publicDelivery),
      }
    },
    async get(id, webhook) {
      const [row] = select({ id, webhook }).sort((a, b) => (a.webhook < b.webhook ? -1 : 1))
      return row && publicDelivery(row)
    },
    count: async (filter, { most = Number.POSITIVE_INFINITY } = {}) => Math.min(most, select(filter).length),
    async hours({ webhook, since, until = Number.POSITIVE_INFINITY, together = false }) {
      const found = [...hours.values()]
        .filter(
          one =>
            (webhook === undefined || [webhook].flat().includes(one.webhook)) &&
            one.hour >= hourOf(since) &&
            one.hour < until,
        )
        .sort((a, b) => a.hour - b.hour)
        .map(one => ({ ...one }))
      return together && webhook === undefined ? togetherOf(found) : found
    },
    async lastAttempts(webhooks) {
      const found = new Map<string, LastAttempt>()
      for (const webhook of webhooks) {
        const newest = select({ webhook }).sort(byNewest).slice(0, newestLookedAt)
        const attempts = newest.flatMap(({ attempts }) => attempts.map(attempt => JSON.stringify(attempt)))
        const last = lastAttemptOf(attempts.join())
        if (last) found.set(webhook, last)
      }
      return found
    },
    async requeue(filter, now, options = {}) {
      const isIdle = (row: Row) => row.state !== 'pending' || row.lease === undefined || row.dueAt <= now
      return changeAll(select(filter).filter(isIdle), options, row => {
        row.failures = 0
        moveTo(row, 'pending', { dueAt: wholeMs(now) })
      })
    },
    async cancel(filter, { reason = canceledReason, ...options } = {}) {
      const waiting = select(filter).filter(({ state }) => state === 'pending')
      return changeAll(waiting, options, row => moveTo(row, 'failed', { reason }))
    },
    async prune({ before, usersBefore = before, active }) {
      for (const [once, { at }] of applied) if (at < before) applied.delete(once)
      for (const [key, { hour }] of hours) if (hour < hourOf(before)) hours.delete(key)
      for (const [key, { at }] of values) if (at < usersBefore) drop(key)
      const old = select({ until: before }).filter(
        ({ state, webhook }) => state !== 'pending' || !active.includes(webhook),
      )
      for (const row of old) remove(row)
      return old.length
    },

    webhooks: async () => structuredClone([...webhooks.values()]),
    webhooksRevision: async () => revision,
    waitingWebhooks: async () => [...pending.keys()],
    async changeWebhook(id, change) {
      const record = change(structuredClone(webhooks.get(id) ?? { id }))
      webhooks.set(id, structuredClone(record))
      revision += 1
      return record
    },
    async removeWebhook(id) {
      webhooks.delete(id)
      revision += 1
      for (const row of select({ webhook: id, state: 'pending' }))
        moveTo(row, 'failed', { reason: removedReason })
    },

    read: async key => read(key),
    async apply({ once, fingerprint, key, at, change }) {
      const before = applied.get(once)
      if (before) {
        checkRepeat(once, before.fingerprint, fingerprint)
        return false
      }
      const { value, deliveries } = change(read(key))
      if (value !== undefined) keep(key, value, at)
      const { queued } = insert(deliveries)
      applied.set(once, { at, queued, fingerprint })
      return true
    },
    async forget(userId) {
      drop(`user:${userId}`)
      const found = select({ userId })
      for (const row of found) {
        row.message = clearedMessage(row.message)
        delete row.content
        row.attempts = row.attempts.map(withoutAnswer)
        if (row.state === 'pending') moveTo(row, 'failed', { reason: forgottenReason })
      }
      return found.length
    },

    console: memoryConsole(),

    async close() {},
  }
}

function keyOf({ webhook, id }: DeliveryKey): string {
  return JSON.stringify([webhook, id])
}

function publicDelivery({ lease: _, fingerprint: __, ...delivery }: Row): Delivery {
  return structuredClone(delivery)
}
