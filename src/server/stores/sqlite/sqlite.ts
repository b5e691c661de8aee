import { setImmediate as nextTurn } from 'node:timers/promises'
import * as z from 'zod/mini'
import { checkOptions } from '../../../schema/problems/check-options.ts'
import { wholeMs } from '../../../values/whole-ms.ts'
import { eventSetOf, isSameContent } from '../content.ts'
import { hourOf, hoursOf } from '../hours.ts'
import type { DeliveryFilter, DeliveryKey } from '../log-query.ts'
import { matches } from '../matches.ts'
import { canceledReason, forgottenReason, removedReason, tooMuchState } from '../reasons.ts'
import { visitMatches } from '../search.ts'
import { settleApart } from '../settling.ts'
import type {
  AddResult,
  BulkOptions,
  Claimed,
  ClaimRequest,
  NewDelivery,
  SetAside,
  Settlement,
  Store,
  StoreOptions,
  WebhookRecord,
} from '../store.ts'
import { checkRepeat } from '../taken-error.ts'
import { sqliteConsole } from './console.ts'
import { isLocked, storeErrorOf } from './errors.ts'
import { openDatabase } from './file.ts'
import { createLastAttempts } from './last-attempts.ts'
import { createLogSearch, placeOf, type Row } from './log.ts'
import {
  clearedRow,
  contentOf,
  deliveryOf,
  hourCountOf,
  type Matching,
  matchingOf,
  payloadOf,
  rowidsOf,
} from './rows.ts'
import { checkpointEvery } from './schema.ts'
import { statementsOf } from './statements.ts'
import { createTransactor } from './transactor.ts'

/** How many rows one transaction of a long task changes: a few milliseconds' work. */
const sliceSize = 200
/** How long a slice of old rows may take: where they are spread over the file, fewer are taken together. */
const sliceMs = 8
const leastSlice = 10

export interface SqliteStoreOptions extends StoreOptions {
  /** How long a lock of another process is waited for before a call rejects, in milliseconds. @default 5_000 */
  lockTimeoutMs?: number | undefined
  /** How large the file may become; beyond it, nothing more is taken. @default as large as the disk allows */
  maxBytes?: number | undefined
}

const optionsShape = z.object({
  path: z.string().check(z.minLength(1)),
  leaseMs: z.number().check(z.positive()),
  lockTimeoutMs: z.number().check(z.nonnegative()),
})

/**
 * Keeps everything in one SQLite file: the default for a companion on one machine.
 *
 * Write-ahead log, `synchronous=FULL`: what `add` acknowledges has reached the disk. Callers of one turn of
 * the event loop share a transaction, and so a disk flush.
 *
 * @param path Of the file, which is made when it is missing, for its owner alone to read.
 * @throws {Error} names the file that can't be opened, is no database, or was written by a newer Tourhook.
 */
export function sqliteStore(
  path: string,
  { leaseMs = 60_000, mostStateBytes = 4e9, lockTimeoutMs = 5000, maxBytes }: SqliteStoreOptions = {},
): Store {
  checkOptions({ path, leaseMs, lockTimeoutMs }, optionsShape)
  const { db, check } = openDatabase(path, { maxBytes })
  const transact = createTransactor({ db, path, lockTimeoutMs, check })
  const sql = statementsOf(db)
  const log = createLogSearch(db)
  const lastAttempts = createLastAttempts(db)
  let isClosing = false
  let isClockFollowed = false

  /** Reads, once the file may be read. */
  async function reading<T>(read: () => T | Promise<T>): Promise<T> {
    const until = performance.now() + lockTimeoutMs
    for (;;) {
      try {
        check()
        return await read()
      } catch (error) {
        if (!isLocked(error) || performance.now() > until) throw storeErrorOf(path, error) ?? error
        await nextTurn()
      }
    }
  }

  function insert(deliveries: readonly NewDelivery[]): Omit<AddResult, 'counted'> {
    const queued: DeliveryKey[] = []
    const conflicts: DeliveryKey[] = []
    for (const delivery of deliveries) {
      const { id, webhook, message, content, fingerprint, createdAt, dueAt } = delivery
      const { changes } = sql.insert.run(
        id,
        webhook,
        message.userId,
        eventSetOf(message),
        JSON.stringify(message),
        content === undefined ? null : JSON.stringify(content),
        fingerprint ?? null,
        wholeMs(createdAt),
        wholeMs(dueAt),
      )
      if (changes > 0) queued.push({ webhook, id })
      else if (!isSameContent(contentOf(sql.get.get(id, webhook)), delivery)) conflicts.push({ webhook, id })
    }
    return { queued, conflicts }
  }

  function claim(lanes: readonly ClaimRequest[], now: number): Claimed[] {
    const lease = crypto.randomUUID()
    const leaseUntil = wholeMs(now + leaseMs)
    return lanes.flatMap(({ webhook, limit }) =>
      sql.claim.all(leaseUntil, lease, webhook, wholeMs(now), limit).map(
        (row): Claimed => ({
          ...payloadOf(row),
          id: String(row.id),
          webhook,
          createdAt: Number(row.created_at),
          failures: Number(row.failures),
          lease,
          leaseUntil,
        }),
      ),
    )
  }

  function write(settlements: readonly Settlement[]) {
    for (const { id, webhook, lease, attempt, state, dueAt, reason } of settlements) {
      const logged = attempt ? JSON.stringify(attempt) : null
      const failed = attempt && state !== 'delivered' ? 1 : 0
      const values = [logged, state, dueAt ?? null, failed, reason ?? null] as const
      const { changes } = sql.settle.run(...values, id, webhook, lease)
      if (changes === 0 && logged) sql.log.run(logged, id, webhook)
    }
    for (const { hour, webhook, outcome, attempts, durationMs } of hoursOf(settlements)) {
      sql.countHour.run(hour, webhook, outcome, attempts, durationMs)
    }
  }

  async function settle(settlements: readonly Settlement[]): Promise<SetAside[]> {
    const setAside: Promise<SetAside[]>[] = []
    for (let start = 0; start < settlements.length; start += sliceSize) {
      const some = settlements.slice(start, start + sliceSize)
      setAside.push(
        settleApart(
          some,
          // What is lost of claims and settlements in a power cut is that something was sent: it is sent again,
          // under its id. So these two don't wait for the disk.
          settlements => transact(() => write(settlements), { flush: false, urgent: false }),
          error => storeErrorOf(path, error) !== undefined,
        ),
      )
    }
    return (await Promise.all(setAside)).flat()
  }

  /** In transactions of a few milliseconds each: all at once would stop everything else for seconds. */
  async function inSlices(change: (limit: number) => number | bigint): Promise<number> {
    let total = 0
    let limit = leastSlice
    while (!isClosing) {
      // What a power cut brings back is forgotten by the next round.
      const { changes, tookMs } = await transact(() => timed(() => Number(change(limit))), { flush: false })
      total += changes
      if (changes < limit) break
      limit = nextSlice(limit, tookMs)
      await nextTurn()
    }
    return total
  }

  /** Works on many rows, all over the file. */
  async function longTask<T>(work: () => Promise<T>): Promise<T> {
    checkpointEvery(db, 'often')
    try {
      return await work()
    } finally {
      if (!isClosing) checkpointEvery(db, 'seldom')
    }
  }

  /** What was queued by a clock that was ahead, before this process began, would wait until the time comes round again. */
  async function followClock(now: number) {
    if (isClockFollowed) return
    isClockFollowed = true
    const newest = await reading(() => Number(sql.newest.get()?.at ?? 0))
    if (newest > now) await inSlices(limit => sql.hasten.run(now, limit).changes)
  }

  function addToState(size: number) {
    if (size !== 0) sql.addTo.run(size, 'state_size')
  }

  function keep(key: string, value: unknown, at: number, sizeBefore: number) {
    const text = JSON.stringify(value)
    const more = text.length - sizeBefore
    if (more > 0 && Number(sql.number.get('state_size')?.value) + more > mostStateBytes) throw tooMuchState()
    sql.write.run(key, wholeMs(at), text.length, text)
    addToState(more)
  }

  function dropState(rows: readonly Row[]): number {
    addToState(-rows.reduce((sum, { size }) => sum + Number(size), 0))
    return rows.length
  }

  async function changeAll(
    filter: DeliveryFilter,
    { most = Number.POSITIVE_INFINITY, before, only = () => true, onProgress, signal }: BulkOptions,
    change: (matching: Matching) => number | bigint,
  ): Promise<number> {
    let total = 0
    async function work(found: readonly Row[]) {
      const rows = found.slice(0, most - total)
      const some = rows.filter(({ webhook }) => only(String(webhook)))
      if (some.length > 0) total += await transact(() => Number(change(matchingOf(some, filter))))
      const last = rows.at(-1)
      if (last) onProgress?.(total, placeOf(last))
      return !isClosing && !signal?.aborted && total < most
    }
    const limit = Math.min(sliceSize, most)
    if (filter.id === undefined) await longTask(() => visitMatches(log, filter, { limit, before }, work))
    else await work(withId(filter.id, filter))
    return total
  }

  function withId(id: string, filter: DeliveryFilter): Row[] {
    return sql.withId.all(id).filter(row => matches(deliveryOf(row), filter))
  }

  return {
    leaseMs,
    async add(deliveries, { db, once } = {}) {
      if (db) throw new TypeError('An SQLite store has no transactions to join; only postgresStore has')
      if (deliveries.length === 0 && once === undefined) return { queued: [], conflicts: [], counted: true }
      return transact(() => {
        if (once === undefined) return { ...insert(deliveries), counted: true }
        const seen = sql.seen.get(once)
        if (seen) return { queued: JSON.parse(String(seen.queued ?? '[]')), conflicts: [], counted: false }
        const added = insert(deliveries)
        sql.applied.run(once, deliveries[0]?.createdAt ?? Date.now(), JSON.stringify(added.queued), null)
        return { ...added, counted: true }
      })
    },
    async dueWebhooks(now) {
      await followClock(wholeMs(now))
      return reading(() => sql.due.all(wholeMs(now)).map(({ webhook }) => String(webhook)))
    },
    claim: (lanes, now) => transact(() => claim(lanes, now), { flush: false }),
    settle,

    list: (filter, { limit, before }) =>
      reading(async () => {
        const { id } = filter
        if (id !== undefined) return { deliveries: withId(id, filter).map(deliveryOf) }
        const { found, searchedTo } = await log.search(filter, { limit, before })
        const deliveries = found.map(({ item }) => deliveryOf(item))
        return deliveries.length < limit && searchedTo ? { deliveries, searchedTo } : { deliveries }
      }),
    get: (id, webhook) =>
      reading(() => {
        const row = webhook === undefined ? sql.withId.get(id) : sql.get.get(id, webhook)
        return row && deliveryOf(row)
      }),
    count: (filter, { most } = {}) =>
      reading(() => (filter.id === undefined ? log.count(filter, most) : withId(filter.id, filter).length)),
    hours: ({ webhook, since, until = Number.MAX_SAFE_INTEGER, together = false }) =>
      reading(() =>
        (webhook === undefined
          ? (together ? sql.hoursTogether : sql.hours).all(hourOf(since), until)
          : sql.hoursOf.all(JSON.stringify([webhook].flat()), hourOf(since), until)
        ).map(hourCountOf),
      ),
    lastAttempts: webhooks => reading(() => lastAttempts(webhooks)),
    requeue(filter, now, options = {}) {
      const dueAt = wholeMs(now)
      return changeAll(filter, options, matching => sql.requeue.run({ ...matching, now: dueAt }).changes)
    },
    cancel: ({ state = 'pending', ...filter }, { reason = canceledReason, ...options } = {}) =>
      changeAll({ ...filter, state }, options, matching => sql.cancel.run({ ...matching, reason }).changes),
    prune: ({ before, usersBefore = before, active }) =>
      longTask(async () => {
        const waitsFor = JSON.stringify(active)
        await inSlices(limit => sql.pruneApplied.run(before, limit).changes)
        await inSlices(limit => sql.pruneHours.run(hourOf(before), limit).changes)
        await inSlices(limit => dropState(sql.pruneState.all(usersBefore, limit)))
        const delivered = await inSlices(limit => sql.pruneSettled.run('delivered', before, limit).changes)
        const failed = await inSlices(limit => sql.pruneSettled.run('failed', before, limit).changes)
        const orphans = await inSlices(limit => sql.prunePending.run(before, waitsFor, limit).changes)
        return delivered + failed + orphans
      }),

    webhooks: () =>
      reading(() => sql.webhooks.all().map(({ record }): WebhookRecord => JSON.parse(String(record)))),
    webhooksRevision: () => reading(() => Number(sql.number.get('webhooks_revision')?.value)),
    waitingWebhooks: () => reading(() => sql.waiting.all().map(({ webhook }) => String(webhook))),
    changeWebhook: (id, change) =>
      transact(() => {
        const record = change(JSON.parse(String(sql.webhook.get(id)?.record ?? JSON.stringify({ id }))))
        sql.putWebhook.run(id, JSON.stringify(record))
        sql.addTo.run(1, 'webhooks_revision')
        return record
      }),
    async removeWebhook(id) {
      await transact(() => {
        sql.removeWebhook.run(id)
        sql.addTo.run(1, 'webhooks_revision')
      })
      await longTask(() => inSlices(limit => sql.failSome.run(removedReason, id, limit).changes))
    },

    read: key =>
      reading(() => {
        const row = sql.read.get(key)
        return row && JSON.parse(String(row.value))
      }),
    apply: ({ once, fingerprint, key, at, change }) =>
      transact(() => {
        const before = sql.seen.get(once)
        if (before) {
          checkRepeat(once, before.fingerprint, fingerprint)
          return false
        }
        const row = sql.read.get(key)
        const { value, deliveries } = change(row && JSON.parse(String(row.value)))
        if (value !== undefined) keep(key, value, at, Number(row?.size ?? 0))
        const { queued } = insert(deliveries)
        const keys = queued.length > 0 ? JSON.stringify(queued) : null
        sql.applied.run(once, wholeMs(at), keys, fingerprint ?? null)
        return true
      }),
    async forget(userId) {
      await transact(() => dropState(sql.forget.all(`user:${userId}`)))
      let total = 0
      const clear = (found: readonly Row[]) =>
        transact(() => {
          // Read again: attempts may have been logged since they were found.
          for (const row of sql.ofUser.all(rowidsOf(found), userId)) {
            const { rowid, message, attempts } = clearedRow(row)
            total += Number(sql.clear.run(message, attempts, forgottenReason, rowid).changes)
          }
          return !isClosing
        })
      await longTask(() => visitMatches(log, { userId }, { limit: sliceSize }, clear))
      return total
    },

    console: sqliteConsole(db, transact),

    async close() {
      isClosing = true
      await transact(() => {}).catch(() => {})
      db.close()
    },
  }
}

function timed(change: () => number): { changes: number; tookMs: number } {
  const began = performance.now()
  const changes = change()
  return { changes, tookMs: performance.now() - began }
}

/** How many rows take as long as a slice may, going by the last one; at most twice as many as that had. */
function nextSlice(limit: number, tookMs: number): number {
  const fitting = Math.floor(limit * Math.min(2, sliceMs / tookMs))
  return Math.min(sliceSize, Math.max(leastSlice, fitting))
}
