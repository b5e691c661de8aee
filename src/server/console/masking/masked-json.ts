import type { Json } from '../../../values/json.ts'
import { formsOf, mask, shortest } from '../../webhooks/written-forms.ts'

/** Whether what stands under a name is hidden. */
export type IsHidden = (name: string) => boolean

/** The value without what stands under hidden names, however deep. */
export function withoutHidden(value: Json, isHidden: IsHidden): Json {
  if (Array.isArray(value)) return value.map(item => withoutHidden(item, isHidden))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isHidden(name) ? mask : withoutHidden(item, isHidden)]),
  )
}

/** The texts and numbers under hidden names, as texts: what else says them is masked, too. */
export function hiddenTexts(value: Json, isHidden: IsHidden, isInside = false): string[] {
  if (Array.isArray(value)) return value.flatMap(item => hiddenTexts(item, isHidden, isInside))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) =>
      hiddenTexts(item, isHidden, isInside || isHidden(name)),
    )
  }
  return isInside && (typeof value === 'string' || typeof value === 'number') ? [String(value)] : []
}

/** Texts without these texts, in whatever way they are written; short ones where they stand alone. */
export function createTextMask(texts: readonly string[]): (text: string) => string {
  const forms = formsOf(texts)
  const short = texts.filter(text => text !== '' && text.length < shortest).map(escapeRegExp)
  const alone = new RegExp(`(?<![\\p{L}\\p{N}])(?:${short.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  return text => {
    const shown = forms.reduce((text, form) => text.replaceAll(form, mask), text)
    return short.length > 0 ? shown.replace(alone, mask) : shown
  }
}

/** A text as a pattern for itself. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The value with each of its texts changed. */
export function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(item => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change)]))
}
