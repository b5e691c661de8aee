import type { Json } from '../../values/json.ts'
import { memoryConsole } from './memory-console.ts'
import type {
  Claimed,
  Delivery,
  DeliveryFilter,
  NewDelivery,
  Store,
  StoreOptions,
  WebhookRecord,
} from './store.ts'

type Row = Delivery & { lease?: string }

/** Keeps everything in memory: for tests and trying things out, since it ends with the process. */
export function memoryStore({ leaseMs = 60_000 }: StoreOptions = {}): Store {
  const rows = new Map<string, Row>()
  const pending = new Set<Row>()
  const webhooks = new Map<string, WebhookRecord>()
  const values = new Map<string, Json>()
  const applied = new Map<string, number>()

  const insert = (deliveries: readonly NewDelivery[]) => {
    for (const delivery of deliveries) {
      if (rows.has(delivery.id)) continue
      const row: Row = { ...structuredClone(delivery), state: 'pending', failures: 0, attempts: [] }
      rows.set(row.id, row)
      pending.add(row)
    }
  }
  const moveTo = (row: Row, state: Row['state'], dueAt = row.dueAt) => {
    Object.assign(row, { state, dueAt })
    delete row.lease
    if (state === 'pending') pending.add(row)
    else pending.delete(row)
  }
  const select = (filter: DeliveryFilter) => [...rows.values()].filter(row => matches(row, filter))

  return {
    leaseMs,
    async add(deliveries, { db } = {}) {
      if (db) throw new TypeError('A memory store has no transactions to join; only postgresStore has')
      insert(deliveries)
    },
    async claim(lanes, now) {
      return lanes.flatMap(({ webhook, limit }) =>
        [...pending]
          .filter(row => row.webhook === webhook && row.dueAt <= now)
          .sort((a, b) => a.dueAt - b.dueAt)
          .slice(0, limit)
          .map((row): Claimed => {
            const lease = crypto.randomUUID()
            const leaseUntil = now + leaseMs
            Object.assign(row, { lease, dueAt: leaseUntil })
            return structuredClone({ ...row, lease, leaseUntil })
          }),
      )
    },
    async settle(settlements) {
      for (const { id, lease, attempt, state, dueAt } of settlements) {
        const row = rows.get(id)
        if (!row) continue
        if (attempt) row.attempts.push(attempt)
        if (row.lease !== lease && state !== 'delivered') continue
        if (attempt && state !== 'delivered') row.failures += 1
        moveTo(row, state, dueAt)
      }
    },

    async list(filter, { limit, before }) {
      return select(filter)
        .filter(row => !before || newestFirst(row, before) > 0)
        .sort(newestFirst)
        .slice(0, limit)
        .map(publicDelivery)
    },
    async get(id) {
      const row = rows.get(id)
      return row && publicDelivery(row)
    },
    count: async filter => select(filter).length,
    async requeue(target, now) {
      const isIdle = (row: Row) => row.state !== 'pending' || row.lease === undefined || row.dueAt <= now
      const found =
        'id' in target
          ? select({}).filter(row => row.id === target.id && isIdle(row))
          : select(target).filter(row => row.state !== 'pending')
      for (const row of found) {
        row.failures = 0
        moveTo(row, 'pending', now)
      }
      return found.length
    },
    async prune(before, active) {
      for (const [once, at] of applied) if (at < before) applied.delete(once)
      const old = select({ until: before }).filter(
        ({ state, webhook }) => state !== 'pending' || !active.includes(webhook),
      )
      for (const row of old) {
        rows.delete(row.id)
        pending.delete(row)
      }
      return old.length
    },

    webhooks: async () => structuredClone([...webhooks.values()]),
    async changeWebhook(id, change) {
      const record = change(structuredClone(webhooks.get(id) ?? { id }))
      webhooks.set(id, structuredClone(record))
      return record
    },
    async removeWebhook(id) {
      webhooks.delete(id)
      for (const row of select({ webhook: id, state: 'pending' })) moveTo(row, 'failed')
    },

    read: async key => structuredClone(values.get(key)),
    async apply({ once, key, at, change }) {
      if (applied.has(once)) return false
      const { value, deliveries } = change(structuredClone(values.get(key)))
      if (value !== undefined) values.set(key, structuredClone(value))
      insert(deliveries)
      applied.set(once, at)
      return true
    },

    console: memoryConsole(),

    async close() {},
  }
}

function matches(row: Row, { webhook, state, event, userId, since, until }: DeliveryFilter): boolean {
  return (
    (webhook === undefined || row.webhook === webhook) &&
    (state === undefined || row.state === state) &&
    (event === undefined || row.message.events.some(({ name }) => name === event)) &&
    (userId === undefined || row.message.userId === userId) &&
    (since === undefined || row.createdAt >= since) &&
    (until === undefined || row.createdAt < until)
  )
}

function newestFirst(a: { createdAt: number; id: string }, b: { createdAt: number; id: string }): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
}

function publicDelivery({ lease: _, ...delivery }: Row): Delivery {
  return structuredClone(delivery)
}
