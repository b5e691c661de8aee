import type { Mark } from './mark.ts'
import { namePartsOf } from './name-parts.ts'
import { states } from './states.ts'

/** How an element looks: Tailwind's, Bootstrap's and others' utilities, which the next design exchanges. */
const looks =
  /[^\w-]|^-|^(flex|grid|block|inline|contents|relative|absolute|fixed|sticky|static|truncate|italic|underline|(upper|lower)case|capitalize|antialiased|border|rounded|shadow|transition|container|row|col|clearfix|group|peer|prose|grow|shrink|outline|ring)$|^(bg|font|rounded|shadow|leading|tracking|cursor|whitespace|overflow|object|transition|animate|divide|outline|items|justify|space|inset|ring|fill|stroke|break|align|self|flex|grid|border|opacity|min|max|[mp][trblxyse]?|w|h|z|gap|d|fs|fw|text(?!-(field|input|area|box|editor)))-|-(\d+|px|xs|sm|md|lg|\d?xl|full|auto|none)$/

/** What an element's classes know it by. */
export function classMarks(classes: string): Mark[] {
  // `sc-bdVaJa kEfqYz`: beside a component's name, styled-components writes a hash of letters alone.
  const hash = /(^|\s)sc-/.test(classes) ? /^[a-z]{5,7}$/i : undefined
  const names = classes.split(/\s+/).filter(name => name !== '' && !states.test(name) && !hash?.test(name))
  return names.flatMap(name => markOf(name) ?? [])
}

function markOf(name: string): Mark | undefined {
  const css = `.${CSS.escape(name)}`
  if (looks.test(name)) {
    const why = `It names how the element looks, “${name}”: a new look loses it.`
    return { css, kind: 'words', risk: 40, why }
  }
  const { kind, written } = namePartsOf(name)
  if (kind === 'words') return { css, kind, risk: 6 }
  const parts = written.map(part => `[class*="${part}"]`).join('')
  return parts === '' ? undefined : { css: parts, kind: 'words', risk: 8 }
}
