import { createMessageId } from '../message/message.ts'
import type { Tour } from '../schema/tour.ts'
import { hasKey, type Json } from '../values/json.ts'
import { shortHash, stepKey, type TriggerKey } from './trigger-key.ts'

/** Where a visitor is in a tour; outlives the page, and goes with a copy of the tab. */
export interface RunProgress {
  /** The run's own; its messages' ids follow from it. */
  id: string
  /** Whose it is; `null` until the visitor has an id. */
  userId: string | null
  /** The step's index, from 0. */
  index: number
  /** The key by which the step is found again when the tour has changed. */
  step?: string | undefined
  answers: Record<string, Json>
  /** How often each trigger has fired, by its key. */
  fired: Record<string, number>
  /** ISO 8601. */
  startedAt: string
}

export function newProgress(userId: string | null): RunProgress {
  const id = createMessageId().slice('msg_'.length)
  return { id, userId, index: 0, answers: {}, fired: {}, startedAt: new Date().toISOString() }
}

/** Whether what was stored is a run's progress, and not something that another script has written. */
export function isProgress(stored: unknown): stored is RunProgress {
  const { id, answers, fired } = Object(stored)
  return typeof id === 'string' && Object(answers) === answers && Object(fired) === fired
}

/** The index at which a run goes on, though the tour has changed since: where its step is now, or else where it was. */
export function currentIndex({ steps = [] }: Tour, { step, index }: RunProgress): number {
  const isThere = (at: number) => steps[at] !== undefined && stepKey(steps[at]) === step
  if (isThere(index)) return index
  const found = steps.findIndex((_, at) => isThere(at))
  if (found >= 0) return found
  return steps[index] ? index : 0
}

/** Whether a trigger has fired, also when it has been edited since, and is still the only one of its kind. */
export function hasFired({ fired }: RunProgress, { base, full }: TriggerKey, all: TriggerKey[]): boolean {
  if (hasKey(fired, full)) return true
  const isOnly = all.filter(key => key.base === base).length === 1
  return isOnly && Object.keys(fired).some(key => key.startsWith(`${base} `))
}

/**
 * The id of a trigger's message: the same in a copy of the tab, and when the page has been left in between. A
 * repetition is one of its own in each copy, whatever it holds.
 */
export function messageIdOf({ id, fired }: RunProgress, { full }: TriggerKey): string {
  return hasKey(fired, full) ? createMessageId() : `msg_${id}_${shortHash(full)}`
}
