import { type Problem, pathText } from '../config-error.ts'
import { selectorsIn } from '../gathering.ts'
import type { Outline } from '../outline.ts'
import { selectorProblem } from './selector.ts'

const pseudoClasses = new Set(
  'active active-view-transition any-link autofill buffering checked default defined dir disabled empty enabled first-child first-of-type focus focus-visible focus-within fullscreen has has-slotted host host-context hover in-range indeterminate invalid is lang last-child last-of-type link modal muted not nth-child nth-last-child nth-last-of-type nth-of-type only-child only-of-type open optional out-of-range paused picture-in-picture placeholder-shown playing popover-open read-only read-write required root scope seeking stalled state target user-invalid user-valid valid visited where'.split(
    ' ',
  ),
)
const elements = new Set(
  'a abbr address area article aside audio b bdi bdo blockquote body br button canvas caption circle cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li line link main map mark math menu meta meter nav noscript object ol optgroup option output p path picture pre progress q rect s samp script search section select slot small source span strong style sub summary sup svg table tbody td template text textarea tfoot th thead time title tr track u ul use var video wbr'.split(
    ' ',
  ),
)

/** Selectors that can be parsed, but hardly find what their author means. */
export function selectorWarnings(outline: Outline): Problem[] {
  return selectorsIn(outline).flatMap(({ path, selector = '' }) => {
    const message = selectorWarning(selector)
    return message === undefined ? [] : [{ path: pathText(path), message: `"${selector}" ${message}` }]
  })
}

/** Selectors of an element with a dash in its name: of a web component, or of an id or class without its sign. */
export function selectorNotes(outline: Outline): Problem[] {
  return selectorsIn(outline).flatMap(({ path, selector = '' }) => {
    if (!/^[A-Za-z]\w*(-\w+)+$/.test(selector)) return []
    const message = `"${selector}" looks for an element <${selector}>; an id is "#${selector}", a class ".${selector}"`
    return [{ path: pathText(path), message }]
  })
}

function selectorWarning(selector: string): string | undefined {
  // Longer than any is; so the cost of a check stays bounded.
  if (selector.length > 2_000 || selectorProblem(selector) !== undefined) return undefined
  if (/[“”„‘’]/.test(selector)) return 'has curly quotes, which count as letters; write straight ones'
  if (/^[A-Za-z]\w*$/.test(selector) && !elements.has(selector.toLowerCase()))
    return `looks for an element <${selector}>; did you mean "#${selector}" or ".${selector}"?`
  // What is escaped or stands in brackets or quotes is no pseudo-class.
  const bare = selector.replace(/\\.|\[[^\]]*\]?|"[^"]*"|'[^']*'/g, match => '·'.repeat(match.length))
  for (const [pseudo, name = ''] of bare.matchAll(/(?<!:):([A-Za-z][\w-]*)/g)) {
    if (pseudoClasses.has(name.toLowerCase())) continue
    return `has "${pseudo}", which browsers don't know; if it is part of a name, write ${nameOf(selector, bare.indexOf(pseudo))}`
  }
  return undefined
}

/** A class or id with signs in its name, as an attribute, where they need no backslash. */
export function nameOf(selector: string, at: number): string {
  const start = Math.max(selector.lastIndexOf('.', at), selector.lastIndexOf('#', at))
  const [name = ''] = /^[^\s>+~,]*/.exec(selector.slice(start + 1)) ?? []
  return selector[start] === '#' ? `[id='${name}']` : `[class~='${name}']`
}
