import { mapValues } from './json.ts'
import type { Tags } from './tags.ts'

/**
 * As much of a visitor's tags as is told at once and kept: 200, their names of 200 characters, their texts of 1,000.
 *
 * What is more is left out, so that whatever else is told with them still counts.
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
