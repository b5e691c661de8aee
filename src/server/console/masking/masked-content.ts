import type { Json } from '../../../values/json.ts'
import { placeholder, placeholdersIn } from '../../../values/placeholder.ts'
import { mask } from '../../webhooks/written-forms.ts'
import { escapeRegExp, type IsHidden, withoutHidden } from './masked-json.ts'

/** A filled template without what hidden placeholders brought, and the texts that these brought. */
export interface MaskedContent {
  content: Json
  texts: string[]
}

/** Masks a filled template by the template that it is of; where the two differ by now, every text. */
export function maskedContent(content: Json, template: Json | undefined, isHidden: IsHidden): MaskedContent {
  const texts: string[] = []

  function masked(filled: Json, from: Json | undefined): Json {
    if (typeof from === 'string') return maskedText(filled, from)
    if (Array.isArray(filled)) {
      const isAlike = Array.isArray(from) && from.length === filled.length
      return filled.map((item, index) => masked(item, isAlike ? from[index] : undefined))
    }
    if (typeof filled === 'object' && filled !== null) {
      const known = typeof from === 'object' && from !== null && !Array.isArray(from) ? from : {}
      return Object.fromEntries(Object.entries(filled).map(([key, item]) => [key, masked(item, known[key])]))
    }
    // A constant of the template is nobody's, and a number or text that no template explains may be anybody's.
    return filled === from || typeof filled === 'boolean' || filled === null ? filled : mask
  }

  function maskedText(filled: Json, from: string): Json {
    const names = placeholdersIn(from)
    if (!names.some(isHidden)) return filled
    texts.push(...hiddenPartsOf(filled, from, names, isHidden))
    return mask
  }

  return { content: withoutHidden(masked(content, template), isHidden), texts }
}

/** What hidden placeholders of a text stand for in the filled one, as far as that can be known. */
function hiddenPartsOf(
  filled: Json,
  from: string,
  names: readonly string[],
  isHidden: IsHidden,
): readonly string[] {
  if (typeof filled !== 'string') return typeof filled === 'number' ? [String(filled)] : []
  const literals = from.split(new RegExp(placeholder.source.replace(/\((?!\?)/, '(?:'), 'u'))
  const pattern = literals.map(escapeRegExp).join('([\\s\\S]*?)')
  const values = new RegExp(`^${pattern}$`, 'u').exec(filled)?.slice(1) ?? []
  return values.filter((_, index) => isHidden(names[index] ?? ''))
}
