import { attributeOf, propertyOf } from '../../tour/sources/natives.ts'
import { listOf } from '../../values/list-of.ts'
import { attributeMarks, recordOf } from './attribute-marks.ts'
import { classMarks } from './class-marks.ts'
import type { Mark } from './mark.ts'
import { namePartsOf } from './name-parts.ts'

/** What an element is known by, the surest first. */
export function marksOf(element: Element): Mark[] {
  const marks = [
    ...idMarks(attributeOf(element, 'id') ?? ''),
    ...attributeMarks(element),
    ...classMarks(attributeOf(element, 'class') ?? ''),
  ]
  return marks.sort((a, b) => a.risk - b.risk)
}

function idMarks(id: string): Mark[] {
  const { kind, written } = namePartsOf(id)
  if (kind === 'words') return [{ css: `#${CSS.escape(id)}`, kind: 'id', risk: 1 }]
  if (kind === 'numbered') return [{ css: `#${CSS.escape(id)}`, kind: 'id', risk: 20, why: recordOf(id) }]
  const css = written.map(part => `[id*="${part}"]`).join('')
  return css === '' ? [] : [{ css, kind: 'id', risk: 8 }]
}

/** Its tag: of a custom element or a landmark it says more than of any `<div>`. */
export function tagMark(element: Element): Mark {
  const tag = propertyOf(element, 'localName')
  const risk = tag.includes('-')
    ? 4
    : /^(main|nav|header|footer|aside|form|dialog|h1|search|tbody|thead|body)$/.test(tag)
      ? 9
      : 12
  return { css: CSS.escape(tag), kind: 'words', risk }
}

/** Its place among its siblings; none where it is the only one of its tag. */
export function placeMark(element: Element): Mark | undefined {
  const tag = propertyOf(element, 'localName')
  const siblings = listOf(element.parentNode?.childNodes ?? []).filter(
    each => each instanceof Element && propertyOf(each, 'localName') === tag,
  )
  if (siblings.length < 2) return undefined
  const css = `${CSS.escape(tag)}:nth-of-type(${siblings.indexOf(element as ChildNode) + 1})`
  const why = 'It counts siblings: when their order changes, it finds another.'
  return { css, kind: 'path', risk: 60, why }
}

/** What it holds that is known by a name of its own: a row by its link, a button by its icon. */
export function contentMarks(element: Element): Mark[] {
  const tag = CSS.escape(propertyOf(element, 'localName'))
  const found = listOf(Element.prototype.querySelectorAll.call(element, '*'))
    .slice(0, 20)
    .flatMap(inner =>
      marksOf(inner)
        .slice(0, 2)
        .map(mark => ({ mark, isChild: inner.parentNode === element })),
    )
  found.sort((a, b) => a.mark.risk - b.mark.risk)
  return found.slice(0, 5).map(({ mark, isChild }) => {
    const css = `${tag}:has(${isChild ? '> ' : ''}${mark.css})`
    return { ...mark, css, risk: mark.risk + 9 }
  })
}
