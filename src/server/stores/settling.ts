import { wholeMs } from '../../values/whole-ms.ts'
import type { SetAside, Settlement } from './store.ts'

/** A settlement whose times are whole milliseconds, as every store keeps them. */
export function wholeSettlement(settlement: Settlement): Settlement {
  const { attempt, dueAt } = settlement
  return {
    ...settlement,
    ...(dueAt === undefined ? {} : { dueAt: wholeMs(dueAt) }),
    ...(attempt === undefined
      ? {}
      : { attempt: { ...attempt, at: wholeMs(attempt.at), durationMs: wholeMs(attempt.durationMs) } }),
  }
}

/**
 * Settles many together. When that fails through one of them, halves them until it is alone: it is set aside as failed, and the
 * rest is kept.
 *
 * @param isOurs Whether an error is the store's, and not of what it was given.
 */
export async function settleApart(
  settlements: readonly Settlement[],
  write: (settlements: readonly Settlement[]) => Promise<void>,
  isOurs: (error: unknown) => boolean,
): Promise<SetAside[]> {
  const [first] = settlements
  if (!first) return []
  try {
    await write(settlements.map(wholeSettlement))
    return []
  } catch (error) {
    if (isOurs(error)) throw error
    if (settlements.length === 1) return [await setAside(first, error)]
    const half = Math.ceil(settlements.length / 2)
    const left = await settleApart(settlements.slice(0, half), write, isOurs)
    return [...left, ...(await settleApart(settlements.slice(half), write, isOurs))]
  }

  async function setAside(settlement: Settlement, cause: unknown): Promise<SetAside> {
    const { id, webhook, lease, state } = settlement
    const reason = `The outcome of its attempt could not be kept: ${String(cause)}`
    const kept = state === 'delivered' ? state : 'failed'
    await write([{ id, webhook, lease, state: kept, reason }])
    return {
      settlement,
      error: new Error(`${webhook}: the delivery ${id} was set aside, its attempt could not be kept`, {
        cause,
      }),
    }
  }
}
