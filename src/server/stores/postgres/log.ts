import type { Cursor, DeliveryFilter } from '../log-query.ts'
import {
  createWindow,
  isWhole,
  type LogSearch,
  mergeStrands,
  planStrands,
  type StrandPlan,
  type Stretch,
} from '../search.ts'
import type { Connection } from './connection.ts'
import { type Row, rowColumns, searchable, storable } from './rows.ts'

/** How many entries of an index are looked at with one statement. */
const windows = { first: 2000, most: 20_000 }
/** How long a search may take before it says how far it came. */
const searchMs = 25

const newestFirst = 'ORDER BY created_at DESC, id DESC, webhook DESC'

type Value = string | number

/** Searches a schema's delivery log. */
export function createLogSearch({ query }: Pick<Connection, 'query'>, schema: string): LogSearch<Row> {
  const table = `${schema}.deliveries`

  async function rowsOf(text: string, values: readonly Value[]): Promise<Row[]> {
    return (await query(text, values, { flush: false })).rows
  }

  /** The sets of events there are, one after the other by the index. */
  async function setsOf(webhook: string | undefined): Promise<string[]> {
    const of = webhook === undefined ? '' : 'webhook = $1 AND'
    const rows = await rowsOf(
      `WITH RECURSIVE sets (events) AS (
        SELECT min(events) FROM ${table} WHERE ${of} true
        UNION ALL
        SELECT (SELECT min(events) FROM ${table} WHERE ${of} events > sets.events) FROM sets WHERE events IS NOT NULL)
      SELECT events FROM sets WHERE events IS NOT NULL`,
      webhook === undefined ? [] : [storable(webhook)],
    )
    return rows.map(row => String(Reflect.get(row, 'events')))
  }

  function lookIn(
    { fixed, remaining, ...plan }: StrandPlan,
    filter: DeliveryFilter,
    limit: number,
    columns: string,
  ) {
    const nextSize = createWindow(windows)

    return async (before: Cursor | undefined): Promise<Stretch<Row>> => {
      const scope = createConditions()
      scope.add(fixed)
      scope.addSpan(filter)
      if (before) scope.addPlace('<', before)
      let end: Cursor | undefined
      if (!isWhole({ fixed, remaining, ...plan })) {
        const [last] = await rowsOf(
          `SELECT created_at, id, webhook FROM ${table} ${scope.where()} ${newestFirst}
          LIMIT 1 OFFSET ${nextSize() - 1}`,
          scope.values,
        )
        end = last && placeOf(last)
        if (end) scope.addPlace('>=', end)
        scope.add(remaining)
      }
      // First the keys, by the index alone; then the rows.
      const keys = `SELECT id, webhook FROM ${table} ${scope.where()} ${newestFirst} LIMIT ${Number(limit)}`
      const rows = await rowsOf(
        `SELECT ${columns} FROM ${table} JOIN (${keys}) AS key USING (id, webhook) ${newestFirst}`,
        scope.values,
      )
      const found = rows.map(row => ({ at: placeOf(row), item: row }))
      return { found, searchedTo: rows.length < limit ? end : found.at(-1)?.at }
    }
  }

  const search: LogSearch<Row>['search'] = async (
    filter,
    { limit, before, narrow = false, patient = false },
  ) => {
    const until = performance.now() + searchMs
    const plans = await planStrands(filter, setsOf)
    const strands = plans.map(plan =>
      lookIn(plan, filter, limit, narrow ? 'created_at, id, webhook' : rowColumns),
    )
    const isOver = () => !patient && performance.now() > until
    return mergeStrands(strands, { limit, before, isOver })
  }

  return {
    search,
    async count({ state, webhook, event, userId, ...span }, most) {
      const scope = createConditions()
      scope.add({ state, webhook, event, userId })
      scope.addSpan(span)
      const limit = most === undefined ? '' : `LIMIT ${Number(most)}`
      const [row] = await rowsOf(
        `SELECT count(*) AS n FROM (SELECT FROM ${table} ${scope.where()} ${limit}) AS found`,
        scope.values,
      )
      return Number(row && Reflect.get(row, 'n'))
    },
  }
}

function createConditions() {
  const values: Value[] = []
  const texts: string[] = []

  /** A parameter for a value. */
  function of(value: Value): string {
    return `$${values.push(value)}`
  }

  return {
    values,
    where: () => `WHERE ${texts.join(' AND ') || 'true'}`,
    add({
      state,
      webhook,
      events,
      event,
      userId,
    }: Pick<DeliveryFilter, 'state' | 'webhook' | 'event' | 'userId'> & { events?: string }) {
      if (state !== undefined) texts.push(`state = ${of(state)}`)
      if (webhook !== undefined) texts.push(`webhook = ${of(storable(webhook))}`)
      if (events !== undefined) texts.push(`events = ${of(events)}`)
      if (event !== undefined) texts.push(`strpos(events, ${of(`,${event},`)}) > 0`)
      if (userId !== undefined) texts.push(`user_id = ${of(searchable(userId))}`)
    },
    addSpan({ since, until }: Pick<DeliveryFilter, 'since' | 'until'>) {
      if (since !== undefined) texts.push(`created_at >= ${of(since)}`)
      if (until !== undefined) texts.push(`created_at < ${of(until)}`)
    },
    addPlace(relation: '<' | '>=', { createdAt, id, webhook }: Cursor) {
      texts.push(
        `(created_at, id, webhook) ${relation} (${of(createdAt)}, ${of(storable(id))}, ${of(storable(webhook))})`,
      )
    },
  }
}

/** Where a row stands in the log. */
export function placeOf({ created_at, id, webhook }: Row): Cursor {
  return { createdAt: Number(created_at), id, webhook }
}
