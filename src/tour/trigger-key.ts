import type { Step } from '../schema/steps.ts'
import type { TourTrigger, Trigger } from '../schema/triggers.ts'
import { stringify } from '../values/json.ts'

/** The keys of a trigger, wherever it stands: a deploy may move it while a run is under way. */
export interface TriggerKey {
  /** Where it belongs; others of the tour may have the same. */
  base: string
  /** The same, and what it holds. */
  full: string
}

/** A trigger of a tour, or one of its steps. */
interface TriggerEntry {
  id?: string | undefined
  on?: TourTrigger['on'] | undefined
  step?: string | number | undefined
  trigger: Trigger
}

export function triggerKey(entry: TriggerEntry): TriggerKey {
  const { id, on = '', step = '', trigger } = entry
  if (id !== undefined) return { base: id, full: id }
  const base = `${on} ${step} ${trigger.webhook}`
  return { base, full: `${base} ${shortHash(entry)}` }
}

/** The key of a step: its id, or a hash of what it holds. */
export function stepKey(step: Step): string {
  return step.id ?? shortHash(step)
}

/** A short hash of a value (FNV-1a, 32 bits): the same on each page, and in each copy of a tab. */
export function shortHash(value: unknown): string {
  let hash = 0x811c9dc5
  for (const character of stringify(value)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(36)
}
