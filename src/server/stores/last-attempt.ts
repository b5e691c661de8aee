import type { Attempt, LastAttempt } from './store.ts'

/** How many of the newest deliveries are looked at, of each set of events: the newest may not have been tried yet. */
export const newestLookedAt = 5

/** The last of the attempts that deliveries have logged, as JSON without the list's brackets. */
export function lastAttemptOf(logged: string): LastAttempt | undefined {
  const attempts: Attempt[] = JSON.parse(`[${logged}]`)
  const [last] = attempts.sort((a, b) => b.at - a.at)
  if (!last) return undefined
  const { answer: _, ...rest } = last
  return rest
}
