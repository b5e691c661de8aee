import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Cursor, DeliveryFilter } from '../log-query.ts'
import {
  createWindow,
  isWhole,
  type LogMatch,
  type LogSearch,
  mergeStrands,
  planStrands,
  type StrandPlan,
  type Stretch,
} from '../search.ts'

/** A row as SQLite returns it. */
export type Row = Record<string, unknown>

/** How many entries of an index are looked at without a break. */
const windows = { first: 2000, most: 5000 }
/** How long a search may take before it says how far it came. */
const searchMs = 25
/** How long the event loop may stand still. */
const holdMs = 15

const indexes = {
  state: 'deliveries_by_state',
  webhook: 'deliveries_by_webhook',
  events: 'deliveries_by_events',
} as const
const isBefore = '(created_at, id, webhook) < (?, ?, ?)'
const newestFirst = 'ORDER BY created_at DESC, id DESC, webhook DESC'

/** Searches a file's delivery log. */
export function createLogSearch(db: DatabaseSync): LogSearch<Row> {
  const prepared = new Map<string, StatementSync>()
  let heldSince = 0

  function all(text: string, values: readonly (string | number)[]): Row[] {
    const statement = prepared.get(text) ?? db.prepare(text)
    prepared.set(text, statement)
    return statement.all(...values)
  }

  /** Lets others have their turn, when this one has been long. */
  async function breathe() {
    if (performance.now() - heldSince < holdMs) return
    await nextTurn()
    heldSince = performance.now()
  }

  /** The sets of events there are, one after the other by the index. */
  function setsOf(webhook: string | undefined): string[] {
    const of = webhook === undefined ? '' : 'webhook = ?1 AND'
    const rows = all(
      `WITH RECURSIVE sets (events) AS (
        SELECT min(events) FROM deliveries WHERE ${of} true
        UNION ALL
        SELECT (SELECT min(events) FROM deliveries WHERE ${of} events > sets.events) FROM sets WHERE events IS NOT NULL)
      SELECT events FROM sets WHERE events IS NOT NULL`,
      webhook === undefined ? [] : [webhook],
    )
    return rows.map(({ events }) => String(events))
  }

  function scopeOf({ fixed, remaining }: StrandPlan, { since, until }: DeliveryFilter) {
    return {
      fixed: conditions([
        ['state = ?', fixed.state],
        ['webhook = ?', fixed.webhook],
        ['events = ?', fixed.events],
        ['created_at >= ?', since],
        ['created_at < ?', until],
      ]),
      remaining: conditions([
        ['state = ?', remaining.state],
        ['webhook = ?', remaining.webhook],
        ['instr(events, ?) > 0', remaining.event && `,${remaining.event},`],
        ['user_id = ?', remaining.userId],
      ]),
    }
  }

  /** The next stretch of an index that is looked at in one go: its conditions, and its last place if more follows. */
  function windowOf(from: string, range: Conditions, size: number) {
    const [last] = all(
      `SELECT created_at, id, webhook ${from} WHERE ${range.text} ${newestFirst} LIMIT 1 OFFSET ${size - 1}`,
      range.values,
    )
    const end = last && placeOf(last)
    return {
      end,
      within: conditions([...range.pairs, ['(created_at, id, webhook) >= (?, ?, ?)', valuesOf(end)]]),
    }
  }

  function lookIn(plan: StrandPlan, filter: DeliveryFilter, limit: number, columns: string) {
    const from = `FROM deliveries INDEXED BY ${indexes[plan.index]}`
    const { fixed, remaining } = scopeOf(plan, filter)
    const nextSize = createWindow(windows)
    const select = ({ text, values }: Conditions) =>
      all(`SELECT ${columns} ${from} WHERE ${text} ${newestFirst} LIMIT ?`, [...values, limit]).map(foundOf)

    return async (before: Cursor | undefined): Promise<Stretch<Row>> => {
      await breathe()
      const range = conditions([...fixed.pairs, [isBefore, valuesOf(before)]])
      const { end, within } = isWhole(plan)
        ? { end: undefined, within: range }
        : windowOf(from, range, nextSize())
      const found = select(conditions([...within.pairs, ...remaining.pairs]))
      return { found, searchedTo: found.length < limit ? end : found.at(-1)?.at }
    }
  }

  async function countIn(plan: StrandPlan, filter: DeliveryFilter, most: number): Promise<number> {
    const from = `FROM deliveries INDEXED BY ${indexes[plan.index]}`
    const { fixed, remaining } = scopeOf(plan, filter)
    let count = 0
    let before: Cursor | undefined
    do {
      await breathe()
      const range = conditions([...fixed.pairs, [isBefore, valuesOf(before)]])
      const { end, within } = windowOf(from, range, windows.most)
      const { text, values } = conditions([...within.pairs, ...remaining.pairs])
      count += Number(all(`SELECT count(*) AS n ${from} WHERE ${text}`, values)[0]?.n)
      before = end
    } while (before && count < most)
    return count
  }

  async function search(
    filter: DeliveryFilter,
    {
      limit,
      before,
      narrow = false,
      patient = false,
    }: { limit: number; before?: Cursor | undefined; narrow?: boolean; patient?: boolean },
  ): Promise<Stretch<Row>> {
    heldSince = performance.now()
    const until = performance.now() + searchMs
    const columns = narrow ? 'rowid, created_at, id, webhook' : 'rowid, *'
    const plans = await planStrands(filter, setsOf)
    const strands = plans.map(plan => lookIn(plan, filter, limit, columns))
    const isOver = () => !patient && performance.now() > until
    return mergeStrands(strands, { limit, before, isOver })
  }

  return {
    search,
    async count(filter, most = Number.POSITIVE_INFINITY) {
      heldSince = performance.now()
      let count = 0
      for (const plan of await planStrands(filter, setsOf)) {
        if (count < most) count += await countIn(plan, filter, most - count)
      }
      return Math.min(count, most)
    },
  }
}

function foundOf(row: Row): LogMatch<Row> {
  return { at: placeOf(row), item: row }
}

/** Where a row stands in the log. */
export function placeOf({ created_at, id, webhook }: Row): Cursor {
  return { createdAt: Number(created_at), id: String(id), webhook: String(webhook) }
}

function valuesOf(place: Cursor | undefined): Value[] | undefined {
  return place && [place.createdAt, place.id, place.webhook]
}

type Value = string | number
interface Conditions {
  text: string
  values: Value[]
  pairs: Pair[]
}
type Pair = [text: string, values: Value | readonly Value[] | undefined]

/** Conditions whose values are given, as SQL. */
function conditions(pairs: readonly Pair[]): Conditions {
  const given = pairs.filter(([, values]) => values !== undefined)
  return {
    text: given.map(([text]) => text).join(' AND ') || 'true',
    values: given.flatMap(([, values]) => values ?? []),
    pairs: given,
  }
}
