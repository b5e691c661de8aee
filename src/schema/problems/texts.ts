import { placeholdersIn } from '../../values/placeholder.ts'
import { type Problem, pathText } from './config-error.ts'
import { didYouMean } from './did-you-mean.ts'
import { filledTexts } from './gathering.ts'
import type { Outline } from './outline.ts'

const element =
  /<\/?(a|b|br|button|code|div|em|font|form|h[1-6]|hr|i|iframe|img|input|li|ol|p|pre|script|small|span|strong|style|table|u|ul|video)\b[^<>]*>/i
const refusedLink = /\]\(\s*((?:javascript|data|vbscript|file):[^)\s]*)/i
const entity = /&(?:#\d+|#x[\da-f]+|amp|apos|gt|hellip|lt|mdash|nbsp|ndash|quot);/i

/** What of a text is shown or sent as it stands, though its author hardly means it so. */
export function textWarnings(outline: Outline): Problem[] {
  return filledTexts(outline).flatMap(({ path, text, webhook }) => {
    // What a template's receiver takes for HTML is its own affair.
    const isDrawn = webhook === undefined
    return [...braceFaults(text), ...(isDrawn ? markupFaults(text) : [])].map(message => ({
      path: pathText(path),
      message,
    }))
  })
}

/** Placeholders as other tools write them. */
function braceFaults(text: string): string[] {
  const doubled = /\{\{\s*([\w.-]+)\s*\}\}/.exec(text)
  const spaced = /\{(?:\s+([\w.-]+)\s*|([\w.-]+)\s+)\}/.exec(text)
  const open = /\{([\w.-]+)(?![\w.-])[^{}]*$/.exec(text)
  if (doubled) return [`${doubled[0]}: one brace on each side is enough; write {${doubled[1]}}`]
  return [
    ...(spaced ? [`${spaced[0]} is not filled; write {${spaced[1] ?? spaced[2]}}, without spaces`] : []),
    ...(open ? [`{${open[1]} has no } at its end`] : []),
    ...placeholdersIn(text).flatMap(kindFault),
  ]
}

/** A placeholder whose beginning is nearly one of those that say where to look. */
function kindFault(placeholder: string): string[] {
  const [, kind = '', key] = /^(\w+)\.(.+)$/.exec(placeholder) ?? []
  const kinds = ['answer', 'tag', 'tour', 'page']
  if (key === undefined || kinds.includes(kind)) return []
  if (kind === 'data') return [`{${placeholder}} stands for nothing; write {${key}}`]
  const near = kinds.find(known => kind.toLowerCase() === `${known}s` || didYouMean(kind, [known]) !== '')
  return near === undefined ? [] : [`{${placeholder}} stands for nothing; did you mean {${near}.${key}}?`]
}

function markupFaults(text: string): string[] {
  const [tag] = element.exec(text) ?? []
  const [character] = entity.exec(text) ?? []
  const [, link] = refusedLink.exec(text) ?? []
  return [
    ...(tag
      ? [`${tag} is shown as it stands: a text takes **bold**, *italic* and [links](https://…), no HTML`]
      : []),
    ...(link ? [`${link} is no address that a link may lead to; write https://, mailto: or a path`] : []),
    ...(character ? [`${character} is shown as it stands; write the character itself`] : []),
  ]
}
