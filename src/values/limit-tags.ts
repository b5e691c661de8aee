import { mapValues } from './json.ts'
import type { Tags } from './tags.ts'

/**
 * The tags that are reported and kept: at most 200, with names of up to 200 and texts of up to 1,000 characters.
 *
 * The rest is dropped, so that what is reported along with it still counts.
 */
export function limitTags(tags: Tags = {}): Tags {
  const fitting = Object.entries(tags).filter(([name]) => name.length <= 200)
  return mapValues(Object.fromEntries(fitting.slice(0, 200)), value =>
    typeof value === 'string' ? cut(value) : value,
  )
}

/** The beginning of a text, without half a character at its end. */
function cut(text: string): string {
  return text.slice(0, 1_000).replace(/\p{Surrogate}$/u, '')
}
