import type { Json } from '../../../values/json.ts'
import { own } from '../../../values/json.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import { identitiesOf } from '../content/identity.ts'
import type { Clash, DraftPath } from '../content/merge-drafts.ts'

/** One clash as the editor on a page shows it; absent is what was not there, or is there no longer. */
export interface ClashView {
  path: string[]
  base?: Json | undefined
  theirs?: Json | undefined
  yours?: Json | undefined
}

/** Clashes with what both have begun from; nothing, where that is too old to be kept. */
export function clashViews(clashes: readonly Clash[], base: Json | undefined): ClashView[] {
  return clashes.map(({ path, theirs, mine: yours }) =>
    omitUndefined({ path: [...path], base: valueAt(base, path), theirs, yours }),
  )
}

function valueAt(value: Json | undefined, [key, ...rest]: DraftPath): Json | undefined {
  if (key === undefined || typeof value !== 'object' || value === null)
    return key === undefined ? value : undefined
  if (!Array.isArray(value)) return valueAt(own(value, key), rest)
  return valueAt(value[identitiesOf(value)?.indexOf(key) ?? -1], rest)
}
