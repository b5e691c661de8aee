import { hasKey, type Json, own } from '../values/json.ts'
import { onlyPlaceholder, placeholder } from '../values/placeholder.ts'
import { textOf } from './template.ts'

/** What is known of a placeholder's value; `undefined` when anything may stand there. */
export type KnownValue = (name: string) => { value: Json | undefined } | undefined

/**
 * Whether a text, list or object is this template filled: the same keys, the same fixed texts, and known values where
 * placeholders name them.
 */
export function isFilled(template: Json, given: Json | undefined, known: KnownValue): boolean {
  if (typeof template === 'string') return isFilledText(template, given, known)
  if (template === null || typeof template !== 'object') return given === template
  if (typeof given !== 'object' || given === null) return false
  if (Array.isArray(template)) return Array.isArray(given) && isFilledList(template, given, known)
  if (Array.isArray(given)) return false
  return (
    Object.keys(given).every(key => hasKey(template, key)) &&
    Object.entries(template).every(([key, item]) => isFilled(item, own(given, key), known))
  )
}

/** A placeholder without a value is left out of its list, so an item may stand before its place. */
function isFilledList(template: readonly Json[], given: readonly Json[], known: KnownValue): boolean {
  let ends = new Set([0])
  for (const item of template) {
    const next = new Set<number>()
    for (const end of ends) {
      if (isFilled(item, undefined, known)) next.add(end)
      if (end < given.length && isFilled(item, given[end], known)) next.add(end + 1)
    }
    ends = next
  }
  return ends.has(given.length)
}

function isFilledText(template: string, given: Json | undefined, known: KnownValue): boolean {
  const [, whole] = onlyPlaceholder.exec(template) ?? []
  if (whole !== undefined) {
    const sure = known(whole)
    return sure === undefined || given === sure.value
  }
  return typeof given === 'string' && hasParts(given, fixedParts(template, known))
}

/** The parts of a text between the placeholders whose value is anybody's guess. */
function fixedParts(template: string, known: KnownValue): string[] {
  // Split at a pattern with one group: fixed texts and names in turn.
  const pieces = template.split(placeholder)
  const parts = ['']
  pieces.forEach((piece, index) => {
    const sure = index % 2 === 0 ? { value: piece } : known(piece)
    if (sure) parts.push(`${parts.pop()}${textOf(sure.value)}`)
    else parts.push('')
  })
  return parts
}

/** Whether a text has these parts in order, from its beginning to its end, with anything between; linear in its length. */
function hasParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of others) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
