import { type Json, mapValues, stringify } from '../values/json.ts'
import { placeholder } from '../values/placeholder.ts'

/** Finds the value that a placeholder names, or `undefined`. */
export type Lookup = (name: string) => Json | undefined

/** Fills `{placeholders}` in a text; one without a value becomes empty. */
export function fillText(template: string, lookup: Lookup): string {
  return template.replace(placeholder, (_, name: string) => textOf(lookup(name)))
}

/**
 * Fills the texts within a JSON template.
 *
 * The template is filled as a structure and written as JSON afterwards, so that no value can break out of
 * its string. A text that is a single placeholder keeps its value's type: `"{score}"` becomes `9`; without
 * a value it is left out.
 */
export function fillJson(template: Json, lookup: Lookup): Json | undefined {
  if (typeof template === 'string') {
    const [first] = template.match(placeholder) ?? []
    return template === first ? lookup(template.slice(1, -1)) : fillText(template, lookup)
  }
  if (Array.isArray(template)) {
    return template.map(item => fillJson(item, lookup)).filter(item => item !== undefined)
  }
  if (template === null || typeof template !== 'object') return template
  return mapValues(template, item => fillJson(item, lookup))
}

/** A value as it stands within a text. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? stringify(value) : String(value)
}
