import { hasBox } from '../../tour/sources/natives.ts'
import { listOf } from '../../values/list-of.ts'
import type { Mark, SelectorKind } from './mark.ts'
import { contentMarks, marksOf, placeMark, tagMark } from './marks.ts'
import { reachOf } from './reach.ts'

export interface RankedSelector {
  selector: string
  /** Its weakest part. */
  kind: SelectorKind
  /** How many elements match that are shown now; of an element that isn't shown itself, how many match at all. */
  matches: number
  /** Which of them is the element: always the first, which a step points at. */
  index: number
  /** Whether a usual change of the page is likely to lose the element, or to find another. */
  isFragile: boolean
  /** What would, in a sentence for the author. */
  why?: string
}

/** From here on a change of the page is likely to lose it. */
const fragileRisk = 40

/**
 * CSS selectors for an element, the one that is likeliest to survive the page's next build first; at most six.
 *
 * No selector reaches into a shadow root or a frame: there they find the element around it, and `why` says so.
 */
export function rankSelectors(element: Element, root: Document = document): RankedSelector[] {
  const reach = reachOf(element, root)
  const path = pathTo(reach.element)
  const scopes: Mark[] = []
  for (const each of path.slice(0, -1)) {
    const [best] = selectorsOf(each, scopes, root, 1)
    if (best) scopes.push(best)
  }
  return selectorsOf(reach.element, scopes, root, 6).map(({ css, kind, risk, why, matches }) => {
    const reason =
      reach.why ?? why ?? (risk >= fragileRisk ? 'It knows the element by its place alone.' : undefined)
    return {
      selector: css,
      kind,
      matches,
      index: 0,
      isFragile: reason !== undefined,
      ...(reason && { why: reason }),
    }
  })
}

interface Found extends Mark {
  matches: number
}

/** Selectors that find this element first, each tried on the page, until there are enough. */
function selectorsOf(element: Element, scopes: readonly Mark[], root: Document, enough: number): Found[] {
  const found: Found[] = []
  const perKind = new Map<SelectorKind, number>()
  for (const mark of combinationsOf(element, scopes)) {
    const count = perKind.get(mark.kind) ?? 0
    if (count >= 2) continue
    const matches = matchesOf(mark.css, element, root)
    if (matches[0] !== element) continue
    perKind.set(mark.kind, count + 1)
    found.push(matches.length === 1 ? { ...mark, matches: 1 } : firstOf(mark, matches.length))
    if (found.length >= enough && (enough > 1 || matches.length === 1)) break
  }
  return found.sort((a, b) => a.risk - b.risk)
}

function firstOf(mark: Mark, matches: number): Found {
  const why = mark.why ?? `${matches} elements match: when their order changes, it finds another.`
  return { ...mark, matches, risk: mark.risk + 30, why }
}

/** The elements that the renderer would choose from, in its order. */
function matchesOf(selector: string, element: Element, root: Document): Element[] {
  const all = listOf(root.querySelectorAll(selector))
  return hasBox(element) ? all.filter(hasBox) : all
}

/** What may find the element: its marks, two of them, and each within what is around it; the surest first. */
function combinationsOf(element: Element, scopes: readonly Mark[]): Mark[] {
  const own = [...marksOf(element).slice(0, 8), ...contentMarks(element)]
  const tag = tagMark(element)
  const place = placeMark(element)
  const alone = own.flatMap(mark =>
    mark.css.includes(':has(') ? [mark] : [mark, joined(tag, mark, mark.css, 3)],
  )
  const pairs = own
    .slice(0, 4)
    .flatMap((a, index) =>
      own.slice(index + 1, 5).flatMap(b => (b.css.includes(':has(') ? [] : [joined(a, b, b.css, b.risk)])),
    )
  const compounds = [...alone, tag, ...pairs, ...(place ? [place] : [])]
  const parent = scopes.at(-1)
  // Of a plain tag alone there is soon a second one on the page.
  const anywhere = compounds.map(mark => (mark === tag ? { ...mark, risk: mark.risk + 14 } : mark))
  const near = scopes.toSorted((a, b) => a.risk - b.risk).slice(0, 4)
  const within = compounds.flatMap(mark => [
    ...near.map(scope => joined(scope, mark, ` ${mark.css}`, mark.risk + 1)),
    ...(parent ? [joined(parent, mark, ` > ${mark.css}`, mark.risk + 2)] : []),
  ])
  return [...anywhere, ...within].sort((a, b) => a.risk - b.risk)
}

/** One selector of two parts, as weak as its weaker. */
function joined(first: Mark, second: Mark, css: string, risk: number): Mark {
  const weaker = second.risk > first.risk ? second : first
  return { css: first.css + css, kind: weaker.kind, risk: first.risk + risk, why: first.why ?? second.why }
}

function pathTo(element: Element): Element[] {
  const { parentElement } = element
  return parentElement ? [...pathTo(parentElement), element] : [element]
}
