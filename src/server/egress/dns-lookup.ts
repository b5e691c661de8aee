import type { LookupFunction } from 'node:net'
import type { Clock } from '../clock.ts'

type Answered = Parameters<LookupFunction>[2]

const slowMs = 1000
const restMs = 60_000

/**
 * Looks a name up once at a time, however many ask for it, and one that failed slowly not again for a minute.
 *
 * The system's lookup holds a thread until it ends, half a minute when a name server is silent, and libuv
 * gives lookups half of its threads: two of four, unless UV_THREADPOOL_SIZE says otherwise. One dead name
 * would keep every other endpoint from being connected to.
 * https://nodejs.org/api/dns.html#implementation-considerations
 */
export function singleFlightLookup(
  lookup: LookupFunction,
  { elapsed }: Pick<Clock, 'elapsed'>,
): LookupFunction {
  const asking = new Map<string, Answered[]>()
  const resting = new Map<string, { until: number; error: NodeJS.ErrnoException }>()

  return (hostname, options, answered) => {
    const rest = resting.get(hostname)
    if (rest && elapsed() < rest.until) return answered(rest.error, '', 0)
    const others = asking.get(hostname)
    if (others) return void others.push(answered)

    const waiting = [answered]
    asking.set(hostname, waiting)
    const startedAt = elapsed()
    lookup(hostname, options, (error, ...found) => {
      asking.delete(hostname)
      resting.delete(hostname)
      if (error && elapsed() - startedAt >= slowMs) resting.set(hostname, { until: elapsed() + restMs, error })
      for (const answered of waiting) answered(error, ...found)
    })
  }
}
