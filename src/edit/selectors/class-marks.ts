import type { Mark } from './mark.ts'
import { namePartsOf } from './name-parts.ts'

/** What an element is in just now. */
const states =
  /^(is|has|ng|Mui)-|(^|[-_])(active|selected|opened?|closed|current|disabled|hover|focus(ed)?|visible|hidden|shown?|collapsed|expanded|checked|load(ing|ed)|invalid|valid|dirty|touched|pristine|untouched|first|last|odd|even|dark|light|dragging|enter|leave|fade)$/

/** How an element looks: Tailwind's, Bootstrap's and others' utilities, which the next design exchanges. */
const looks =
  /[^\w-]|^-|^(flex|grid|block|inline|contents|relative|absolute|fixed|sticky|static|truncate|italic|underline|uppercase|lowercase|capitalize|antialiased|border|rounded|shadow|transition|resize|container|row|col|clearfix|group|peer|prose|grow|shrink|isolate|outline|ring|filter|blur|transform)$|^(bg|font|rounded|shadow|leading|tracking|cursor|whitespace|overflow|object|transition|duration|ease|animate|divide|outline|items|justify|space|inset|ring|fill|stroke|break|align|place|self|flex|grid|border|opacity|min|max|[mp][trblxyse]?|w|h|z|gap|size|decoration|underline|d|g|fs|fw|lh|sr|pointer|inline|text(?!-(field|input|area|box|editor)))-|-(\d+|px|xs|sm|md|lg|\d?xl|full|auto|none)$/

/** What an element's classes know it by. */
export function classMarks(classes: string): Mark[] {
  return classes.split(/\s+/).flatMap((name): Mark[] => {
    if (name === '' || states.test(name)) return []
    const { kind, written } = namePartsOf(name)
    if (kind === 'generated' && !looks.test(name)) {
      const css = written.map(part => `[class*="${part}"]`).join('')
      return css === '' ? [] : [{ css, kind: 'words', risk: 8 }]
    }
    const css = `.${CSS.escape(name)}`
    const isLook = looks.test(name)
    if (!isLook && kind === 'words') return [{ css, kind: 'words', risk: 6 }]
    const why = `It names how the element looks, “${name}”: a new look loses it.`
    return isLook ? [{ css, kind: 'words', risk: 40, why }] : []
  })
}
