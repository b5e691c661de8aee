import { mask } from '../../webhooks/written-forms.ts'
import { escapeRegExp, type IsHidden, withoutHidden } from './masked-json.ts'

/** An endpoint's answer without what stands under hidden names in it: as JSON, or as what is left of cut JSON. */
export function maskedAnswer(text: string, names: readonly string[], isHidden: IsHidden): string {
  try {
    return JSON.stringify(withoutHidden(JSON.parse(text), isHidden))
  } catch {
    return maskedText(text, names) // no JSON, or the beginning of some
  }
}

/** `"name": value`, `name=value`; of a list or an object the whole rest. */
function maskedText(text: string, names: readonly string[]): string {
  const named = names.map(escapeRegExp).join('|')
  const pair = new RegExp(
    `(["']?(?:${named})["']?\\s*[:=]\\s*)("(?:[^"\\\\]|\\\\.)*"?|[{[][\\s\\S]*|[^\\s,;&}\\]]+)`,
    'giu',
  )
  return text.replace(pair, `$1${mask}`)
}
