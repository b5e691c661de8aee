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

/** From here on it is worth a look at what the element holds. */
const uncertainRisk = 29

/**
 * CSS selectors for an element, the one that is likeliest to survive the page's next build first; at most six.
 *
 * No selector reaches into a shadow root or a frame: there they find the element around it, and `why` says so.
 */
export function rankSelectors(element: Element, root: Document = document): RankedSelector[] {
  const reach = reachOf(element, root)
  const scopes: Found[] = [{ css: 'body', kind: 'words', risk: 10, element: root.body, matches: 1 }]
  for (const each of pathTo(reach.element, root.body)) {
    const [best] = selectorsOf(each, scopes, root, 1)
    if (best) scopes.push(best)
  }
  return selectorsOf(reach.element, scopes, root, 6).map(({ css, kind, risk, why, matches }) => {
    const byPlace = risk >= fragileRisk ? 'It knows the element by its place alone.' : undefined
    const reason = reach.why ?? why ?? byPlace
    const advice = reason === undefined ? { isFragile: false } : { isFragile: true, why: reason }
    return { selector: css, kind, matches, index: 0, ...advice }
  })
}

/** What finds an element of the page. */
interface Found extends Mark {
  element: Element
  matches: number
}

/** A mark, alone or within what is around the element. */
interface Candidate extends Mark {
  scope?: Found
  /** The part for the element itself. */
  own: string
}

/** Selectors that find this element first, each tried on the page, until there are enough. */
function selectorsOf(element: Element, scopes: readonly Found[], root: Document, enough: number): Found[] {
  const sole: Found[] = []
  const first: Found[] = []

  function tryAll(marks: Mark[]): void {
    for (const candidate of within(marks, scopes)) {
      if (sole.length >= enough) return
      // The same with more around it is no other choice.
      if (sole.some(({ css }) => candidate.css.includes(css))) continue
      const all = matchesOf(candidate, root)
      // What isn't shown itself, in a menu that is closed, is one of all that match.
      const counts = hasBox(element) && all.length > 1 ? hasBox : () => true
      if (all.find(counts) !== element) continue
      const matches = all.filter(counts).length
      if (matches === 1) sole.push({ ...candidate, element, matches })
      else if (first.length < 2) first.push({ ...firstOf(candidate, matches), element })
    }
  }

  const marks = combinationsOf(element)
  tryAll(marks)
  if (!sole.some(({ risk }) => risk < uncertainRisk)) {
    enough += 2
    tryAll(contentMarks(element))
  }
  return [...sole, ...first].sort((a, b) => a.risk - b.risk)
}

/** Of several, a step points at the first. */
function firstOf(mark: Mark, matches: number) {
  const why = `${matches} elements match: when their order changes, it finds another.`
  return { ...mark, matches, risk: mark.risk + 50, why }
}

/** What the page finds by a candidate. */
function matchesOf({ css, own, scope }: Candidate, root: Document): Element[] {
  // What is within the only one of its kind, a look at that one alone tells.
  const isIn = scope?.matches === 1
  const all = isIn ? matchesIn(scope.element, own, Element) : matchesIn(root, css, Document)
  return css.endsWith(` > ${own}`) ? all.filter(each => each.parentNode === scope?.element) : all
}

/** By the browser's own: a form may have a field called `querySelectorAll`. */
function matchesIn(node: ParentNode, css: string, { prototype }: { prototype: ParentNode }): Element[] {
  try {
    return listOf(prototype.querySelectorAll.call(node, css))
  } catch {
    return [] // A browser that does not know `:has()`.
  }
}

/** An element's marks, its tag, two of its marks together, its place. */
function combinationsOf(element: Element): Mark[] {
  const marks = marksOf(element).slice(0, 8)
  const tag = tagMark(element)
  const place = placeMark(element)
  const tagged = marks.map(mark => ({ ...mark, css: tag.css + mark.css, risk: mark.risk + 3 }))
  const pairs = marks.slice(0, 4).flatMap((a, index) => marks.slice(index + 1, 5).map(b => joined(a, b, '')))
  return [...marks, ...tagged, tag, ...pairs, ...(place ? [place] : [])]
}

/** Marks by themselves, and within what is around the element; the surest first. */
function within(marks: readonly Mark[], scopes: readonly Found[]): Candidate[] {
  const parent = scopes.at(-1)
  const near = scopes
    .slice(1)
    .sort((a, b) => a.risk - b.risk)
    .slice(0, 4)
  const candidates = marks.flatMap((mark): Candidate[] => {
    // Of a plain tag alone, or a place alone, there is soon a second one on the page.
    const risk = /^[a-z]+\d?(:nth|$)/.test(mark.css) ? mark.risk + 14 : mark.risk
    const inside = near.map(scope => ({ ...joined(scope, mark, ' ', 1), own: mark.css, scope }))
    const child = parent ? [{ ...joined(parent, mark, ' > ', 2), own: mark.css, scope: parent }] : []
    return [{ ...mark, risk, own: mark.css }, ...inside, ...child]
  })
  return candidates.sort((a, b) => a.risk - b.risk)
}

/** One selector of two parts, as weak as its weaker. */
function joined(first: Mark, second: Mark, link: string, risk = 0): Mark {
  return {
    css: first.css + link + second.css,
    kind: (second.risk > first.risk ? second : first).kind,
    risk: first.risk + second.risk + risk,
    why: first.why ?? second.why,
  }
}

/** What is around an element, from below `<body>` inwards. */
function pathTo({ parentElement }: Element, body: Element): Element[] {
  return !parentElement || parentElement === body ? [] : [...pathTo(parentElement, body), parentElement]
}
