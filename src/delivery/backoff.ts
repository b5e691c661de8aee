/** Tries that follow a new message's first one within a second or two, where the endpoint is but busy. */
const quickTries = 3

/** Before the first failure. */
export const noFailures = -quickTries

/**
 * When to look at the outbox again, in ms: three quick tries of up to 300, 600 and 1,200 ms, then from one second,
 * doubled by each failure, up to five minutes, ±20 %.
 *
 * @param failures Rounds that have failed in a row: from `noFailures` + 1, and from 1 on where quick tries don't help.
 */
export function retryDelayMs(failures: number, random = Math.random): number {
  if (failures <= 0) return random() * 300 * 2 ** (failures + quickTries - 1)
  return Math.min(1_000 * 2 ** (failures - 1), 300_000) * (0.8 + random() * 0.4)
}
