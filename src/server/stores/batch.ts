import { coalesced } from '../coalesce.ts'

/**
 * Makes one write of many callers': those who come while one is under way share the next.
 *
 * With `patienceMs` the first one waits that long for others. When the shared write fails, each is tried alone, so that one caller's fault is not another's.
 */
export function batched<T>(
  write: (items: T[]) => Promise<void>,
  { patienceMs = 0 } = {},
): (items: readonly T[]) => Promise<void> {
  interface Waiting {
    items: readonly T[]
    resolve: () => void
    reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []

  const attempt = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      await write(batch.flatMap(({ items }) => items))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      if (batch.length === 1) for (const { reject } of batch) reject(error)
      else for (const one of batch) await attempt([one])
    }
  }
  const flush = coalesced(async () => {
    const batch = waiting
    waiting = []
    if (batch.length > 0) await attempt(batch)
  })

  return items =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject })
      if (patienceMs === 0) void flush()
      else if (waiting.length === 1) setTimeout(flush, patienceMs)
    })
}
