const escaped = String.raw`\\(?:[\da-fA-F]{1,6}\s?|[^\n\da-fA-F])`
const ident = String.raw`(?:--|-?(?:[A-Za-z_\u0080-\uffff]|${escaped}))(?:[\w\u0080-\uffff-]|${escaped})*`
const text = String.raw`"(?:[^"\\\n]|\\[\s\S])*(?:"|$)|'(?:[^'\\\n]|\\[\s\S])*(?:'|$)`

const patterns = {
  space: /(?:\s|\/\*[\s\S]*?\*\/)+/y,
  combinator: /[>+~]/y,
  separator: /[,>+~]/y,
  type: new RegExp(String.raw`(?:(?:${ident}|\*)?\|)?(?:${ident}|\*)`, 'y'),
  id: new RegExp(`#${ident}`, 'y'),
  class: new RegExp(String.raw`\.${ident}`, 'y'),
  attribute: new RegExp(
    String.raw`\[\s*(?:(?:${ident}|\*)?\|)?${ident}\s*(?:[~|^$*]?=\s*(?:${ident}|${text})\s*(?:[iIsS]\s*)?)?(?:\]|$)`,
    'y',
  ),
  pseudo: new RegExp(`::?(${ident})`, 'y'),
}

/** Pseudo-classes that jQuery has and browsers do not. */
const jquerys = new Set(
  'animated button checkbox contains eq even file first gt has-text header hidden image input last lt odd parent radio reset selected submit text visible'.split(
    ' ',
  ),
)

/**
 * Why a text is no CSS selector, or `undefined`.
 *
 * It finds what no browser can parse; of what it does not know (a new pseudo-class) it says nothing.
 *
 * @see https://www.w3.org/TR/selectors-4/#grammar
 */
export function selectorProblem(selector: string): string | undefined {
  // Longer than any is; so the cost of a check stays bounded.
  if (selector.length > 2_000) return undefined
  if (/^(?:\$|jQuery|document\.\w+)\(/.test(selector))
    return 'is no CSS selector but JavaScript; write what stands in its quotes alone'
  if (/^\s*\.?\/\//.test(selector) || /^\s*\/\w/.test(selector))
    return 'is no CSS selector but looks like XPath; write one such as "#save" or ".menu a"'
  const fault = faultIn(selector)
  return fault && `is no CSS selector: ${fault}`
}

function faultIn(selector: string, { isRelative = false, depth = 0 } = {}): string | undefined {
  let at = 0
  function skip(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(selector) ?? undefined
    at += found?.[0].length ?? 0
    return found
  }

  /** Where a selector must come next. */
  let expected: 'first' | 'after a comma' | 'after a combinator' | undefined = 'first'
  while (at < selector.length) {
    if (skip(patterns.space)) continue
    // Within `:has()`, each may begin with a combinator.
    if (
      isRelative &&
      expected !== undefined &&
      expected !== 'after a combinator' &&
      skip(patterns.combinator)
    ) {
      expected = 'after a combinator'
      continue
    }
    const [sign] = skip(patterns.separator) ?? []
    if (sign !== undefined) {
      if (expected) return `nothing stands before "${sign}"`
      expected = sign === ',' ? 'after a comma' : 'after a combinator'
      continue
    }
    const fault = compoundFault()
    if (fault) return fault
    expected = undefined
  }
  if (expected === 'first') return 'it is empty'
  return expected && `nothing stands ${expected} at its end`

  /** Reads what stands between two combinators. */
  function compoundFault(): string | undefined {
    const start = at
    skip(patterns.type)
    for (;;) {
      if (skip(patterns.id) || skip(patterns.class) || skip(patterns.attribute)) continue
      const pseudo = skip(patterns.pseudo)
      if (!pseudo) break
      const fault = pseudoFault(pseudo[1] ?? '')
      if (fault) return fault
    }
    const isWhole = at > start && /^(?:$|[\s,>+~]|\/\*)/.test(selector.slice(at, at + 2))
    return isWhole ? undefined : `${faultAt(selector.slice(at))}${nameHint(selector, start, at)}`
  }

  function pseudoFault(name: string): string | undefined {
    const inner = selector[at] === '(' ? argument() : undefined
    if (jquerys.has(name.toLowerCase())) return `":${name}" is jQuery's, browsers don't know it`
    if (inner === undefined || !/^(not|has)$/i.test(name) || depth > 9) return undefined
    return faultIn(inner, { isRelative: /^has$/i.test(name), depth: depth + 1 })
  }

  /** What stands within the brackets at this place; at the end of the text, they count as closed. */
  function argument(): string {
    const start = at + 1
    let open = 0
    let quote = ''
    for (; at < selector.length; at += 1) {
      const sign = selector[at] ?? ''
      if (sign === '\\') at += 1
      else if (quote) quote = sign === quote ? '' : quote
      else if (sign === '"' || sign === "'") quote = sign
      else if (sign === '(') open += 1
      else if (sign === ')') open -= 1
      if (open === 0) break
    }
    const inner = selector.slice(start, at)
    at += 1
    return inner
  }
}

function faultAt(rest: string): string {
  const [sign = ''] = rest
  if (sign === '[' && /^\[\s*[\w-]+\s*[~|^$*]?=\s*[^"'\s]/.test(rest))
    return `the value in "${cut(rest)}" needs quotes`
  if (sign === '[') return `"${cut(rest)}" is no attribute in brackets`
  if ((sign === '#' || sign === '.') && /^.\d/.test(rest))
    return `after "${sign}" a name can't begin with a digit; write [${sign === '#' ? 'id' : 'class'}="…"]`
  if (sign === '#' || sign === '.' || sign === ':') return `a name is missing after "${sign}"`
  return `"${cut(rest)}" can't stand there`
}

/** A name with signs that need a backslash, such as Tailwind's `w-1/2`, needs none as an attribute. */
function nameHint(selector: string, start: number, at: number): string {
  const [compound = ''] = /^[^\s>+~,]*/.exec(selector.slice(start)) ?? []
  const mark = Math.max(compound.lastIndexOf('.', at - start - 1), compound.lastIndexOf('#', at - start - 1))
  const name = compound.slice(mark + 1)
  const sign = selector[at] ?? ''
  const isSign = /[/@:%!$&]/.test(sign) || (sign === '[' && name.endsWith(']'))
  if (mark < 0 || !isSign || /['"\\]|^\[|:$/.test(compound.startsWith('#') ? name.slice(0, -1) : name))
    return ''
  return `; write ${compound[mark] === '#' ? `[id='${name}']` : `[class~='${name}']`}`
}

function cut(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text
}
