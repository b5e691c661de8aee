import type { Cursor, DeliveryFilter } from './log-query.ts'

/** A place in the log, and what is there. */
export interface LogMatch<T> {
  at: Cursor
  item: T
}

/** A stretch of one strand: what matches, the newest first, and how far was looked; without it, to the end. */
export interface Stretch<T> {
  found: LogMatch<T>[]
  searchedTo?: Cursor | undefined
}

/**
 * A part of an index whose entries are sorted by time.
 *
 * The indexes begin with `state`, with `webhook` and the set of events, or with that set alone; what a strand fixes is
 * the same in all of its entries, and what remains of a filter is asked of each.
 */
export interface StrandPlan {
  index: 'state' | 'webhook' | 'events'
  fixed: { state?: DeliveryFilter['state']; webhook?: string; events?: string }
  remaining: Pick<DeliveryFilter, 'state' | 'webhook' | 'event' | 'userId'>
}

/**
 * Where to look for what a filter wants: the index in which it lies closest together.
 *
 * @param setsOf The sets of events that there are, of one webhook or of all.
 */
export async function planStrands(
  { webhook, state, event, userId }: DeliveryFilter,
  setsOf: (webhook: string | undefined) => Promise<string[]> | string[],
): Promise<StrandPlan[]> {
  // What failed or waits is little, and its entries say all that a filter asks.
  const byState = state === 'failed' || state === 'pending'
  if (!byState && (webhook !== undefined || (event !== undefined && userId === undefined))) {
    const sets = (await setsOf(webhook)).filter(set => event === undefined || set.includes(`,${event},`))
    const remaining = { state, userId }
    return sets.map(events =>
      webhook === undefined
        ? { index: 'events', fixed: { events }, remaining }
        : { index: 'webhook', fixed: { webhook, events }, remaining },
    )
  }
  const states = state === undefined ? (['delivered', 'failed', 'pending'] as const) : [state]
  return states.map(state => ({ index: 'state', fixed: { state }, remaining: { webhook, event, userId } }))
}

/** Whether each of a strand's entries matches, so that the first ones are the answer. */
export function isWhole({ remaining }: StrandPlan): boolean {
  return Object.values(remaining).every(value => value === undefined)
}

/** How many entries of an index a strand looks at in one go: few at first, for what it looks for may be near, then more. */
export function createWindow({ first, most }: { first: number; most: number }): () => number {
  let size = first / 4
  return () => {
    size = Math.min(4 * size, most)
    return size
  }
}

/**
 * Merges strands into one list, the newest first, until it has `limit` items, the strands end, or the time is up.
 *
 * @param look Looks at the next stretch of a strand, before a place.
 */
export async function mergeStrands<T>(
  strands: readonly ((before: Cursor | undefined) => Promise<Stretch<T>> | Stretch<T>)[],
  { limit, before, isOver }: { limit: number; before?: Cursor | undefined; isOver: () => boolean },
): Promise<Stretch<T>> {
  interface Reading {
    look: (before: Cursor | undefined) => Promise<Stretch<T>> | Stretch<T>
    searchedTo: Cursor | undefined
  }
  let found: LogMatch<T>[] = []
  let open: Reading[] = []

  async function read({ look, searchedTo }: Reading): Promise<void> {
    const stretch = await look(searchedTo)
    found = [...found, ...stretch.found].sort((a, b) => byNewest(a.at, b.at))
    if (stretch.searchedTo) open.push({ look, searchedTo: stretch.searchedTo })
  }
  for (const look of strands) await read({ look, searchedTo: before })

  for (;;) {
    // Nothing newer than where the shortest of the strands ended can be missing.
    open.sort((a, b) => (a.searchedTo && b.searchedTo ? byNewest(a.searchedTo, b.searchedTo) : 0))
    const [shortest, ...others] = open
    const until = shortest?.searchedTo
    const sure = until ? found.filter(({ at }) => byNewest(at, until) <= 0) : found
    if (sure.length >= limit) {
      const page = sure.slice(0, limit)
      return { found: page, searchedTo: page.at(-1)?.at }
    }
    if (!shortest) return { found: sure }
    if (isOver()) return { found: sure, searchedTo: until }
    open = others
    await read(shortest)
  }
}

/** Searches the log of a store. */
export interface LogSearch<Row> {
  /** Whole rows, or `narrow` ones with key and time. `patient` goes on until the page is full. */
  search(
    filter: DeliveryFilter,
    page: { limit: number; before?: Cursor | undefined; narrow?: boolean; patient?: boolean },
  ): Promise<Stretch<Row>>
  /** Counts, no further than `most`. */
  count(filter: DeliveryFilter, most?: number): Promise<number>
}

/** Visits all that match, or those before a place, so many at a time, until `work` says that it is enough. */
export async function visitMatches<Row>(
  { search }: Pick<LogSearch<Row>, 'search'>,
  filter: DeliveryFilter,
  { limit, before: start }: { limit: number; before?: Cursor | undefined },
  work: (rows: readonly Row[]) => Promise<boolean>,
): Promise<void> {
  let before = start
  do {
    const { found, searchedTo } = await search(filter, { limit, before, narrow: true, patient: true })
    const goesOn = found.length === 0 || (await work(found.map(({ item }) => item)))
    before = goesOn ? searchedTo : undefined
  } while (before)
}

/** The order of the log: by time, then by key. */
export function byNewest(a: Cursor, b: Cursor): number {
  return b.createdAt - a.createdAt || byText(b.id, a.id) || byText(b.webhook, a.webhook)
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
