import { fillText, type Lookup } from '../../message/template.ts'

/** Nobody reads more, and a page that lays out a novel stands still. */
const longest = 1_000

/** Fills `{placeholders}` with values of at most 1,000 characters; without a lookup, they stay as they are. */
export function fillShortened(text: string, lookup: Lookup | undefined): string {
  return lookup ? fillText(text, name => shorten(fillText('{value}', () => lookup(name)))) : text
}

function shorten(text: string): string {
  if (text.length <= longest) return text
  // Not in the middle of a character that is two code units long.
  return `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`
}
