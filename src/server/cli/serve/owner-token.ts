import { randomBytes } from 'node:crypto'
import type { Emitter } from '../../emitter/emitter.ts'

const key = 'serve:owner-token'

/** The token that opens the console when nobody has set one. */
export interface OwnerToken {
  token: string | undefined
  /** Whether it was made just now: then it is to be printed, this once. */
  isNew: boolean
}

/**
 * Finds the token that was made at the first start, or makes it when there is a terminal to print it to: in a log it
 * would lie about for ever.
 */
export async function ownerToken(
  emitter: Pick<Emitter, 'apply' | 'read'>,
  { isTerminal }: { isTerminal: boolean },
): Promise<OwnerToken> {
  const kept = await emitter.read(key)
  if (typeof kept === 'string') return { token: kept, isNew: false }
  if (!isTerminal) return { token: undefined, isNew: false }
  const token = randomBytes(24).toString('base64url')
  // Of several companions that start at once, one makes it.
  await emitter.apply({ once: key, key, change: before => ({ value: before ?? token, events: [] }) })
  return { token, isNew: (await emitter.read(key)) === token }
}
