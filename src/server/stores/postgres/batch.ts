import { coalesced } from '../../coalesce.ts'

export interface BatchOptions {
  /** How long the first caller waits for others, in milliseconds. @default 0 */
  patienceMs?: number | undefined
  /** How many items are written together, a caller's own apart. @default 1_000 */
  most?: number | undefined
  /** Whether an error is the store's, and so nobody's fault: then nobody is tried alone. */
  isOurs: (error: unknown) => boolean
}

/**
 * Makes one write of many callers': those who come while one is under way share the next. Each gets the results of its own
 * items.
 *
 * When the shared write fails through what it was given, each is tried alone, so that one caller's fault is not another's.
 */
export function batched<T, R>(
  write: (items: T[]) => Promise<R[]>,
  { patienceMs = 0, most = 1000, isOurs }: BatchOptions,
): (items: readonly T[]) => Promise<R[]> {
  interface Waiting {
    items: readonly T[]
    resolve: (results: R[]) => void
    reject: (error: unknown) => void
  }
  const waiting: Waiting[] = []

  async function attempt(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await write(batch.flatMap(({ items }) => items))
      let start = 0
      for (const { items, resolve } of batch) {
        resolve(results.slice(start, start + items.length))
        start += items.length
      }
    } catch (error) {
      if (batch.length === 1 || isOurs(error)) for (const { reject } of batch) reject(error)
      else for (const one of batch) await attempt([one])
    }
  }

  function takeBatch(): Waiting[] {
    let count = 0
    const end = waiting.findIndex(({ items }, index) => {
      count += items.length
      return index > 0 && count > most
    })
    return waiting.splice(0, end === -1 ? waiting.length : end)
  }

  const flush = coalesced(async () => {
    while (waiting.length > 0) await attempt(takeBatch())
  })

  return items =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject })
      if (patienceMs === 0) void flush()
      else if (waiting.length === 1) setTimeout(flush, patienceMs)
    })
}
