import type { Outcome } from './outcome.ts'

/** Tries that a page makes of a new message, in a row; what waits in the outbox is tried once a round. */
export const triesInPage = 4
/** Longer waits are the outbox's. */
const maxWaitMs = 15_000

/** How long the page waits, in ms, before it tries a message again; `undefined` when that is up to the outbox. */
export function waitAfter({ reason, retryAfterMs }: Outcome, tries: number): number | undefined {
  if (reason !== 'busy' && reason !== 'timeout') return undefined
  // The receiver knows its own load better than our curve does.
  const wait = retryAfterMs ?? Math.random() * 300 * 2 ** (tries - 1)
  return wait > maxWaitMs ? undefined : wait
}

/** When to look at the outbox again, in ms: from one second, doubled by each failure, up to five minutes, ±20 %. */
export function retryDelayMs(failures: number, random = Math.random): number {
  return Math.min(1_000 * 2 ** (failures - 1), 300_000) * (0.8 + random() * 0.4)
}
