import { type Json, stringify } from '../../values/json.ts'
import { listOf } from '../../values/list-of.ts'
import { controlValue, isControl, isCustomControl } from './controls.ts'
import { attributeOf, childNodesOf, hasBox, matchesSelector, propertyOf, rootOf } from './natives.ts'
import { isPrivate, isPrivateItself } from './private-elements.ts'

/**
 * What a visitor sees at a selector, or has typed or chosen there; never what is private.
 *
 * Of several elements it is the first that is shown. Nothing is cloned, and no code of the page's runs but a
 * component's own `value`.
 *
 * @throws {SyntaxError} when the selector is none.
 */
export function readElement(selector: string, attribute: string | undefined): Json | undefined {
  const open = listOf(document.querySelectorAll(selector)).filter(element => !isPrivate(element))
  const element = open.find(isShown) ?? open[0]
  if (!element || matchesSelector(element, '[type=hidden]')) return undefined
  if (attribute) return attributeOf(element, attribute) ?? undefined
  if (isControl(element)) return readControl(element)
  if (isCustomControl(element)) return readCustom(element)
  if (matchesSelector(element, 'input')) return undefined
  if (matchesSelector(element, 'meter, progress')) return (element as HTMLMeterElement).value
  return propertyOf(element, 'localName') === 'option' || isShown(element) ? tidy(textOf(element)) : undefined
}

function readControl(control: Parameters<typeof controlValue>[0]): Json | undefined {
  if (control.type !== 'radio') return controlValue(control)
  const root = rootOf(control)
  const chosen = listOf(root.querySelectorAll<HTMLInputElement>('input[type=radio]:checked')).find(
    radio => radio.name === control.name && radio.form === control.form && !isPrivate(radio),
  )
  return chosen?.value
}

function readCustom({ value, checked }: { value: unknown; checked?: unknown }): Json | undefined {
  if (typeof checked === 'boolean') return checked
  return value === null || value === undefined ? undefined : JSON.parse(stringify(value))
}

function isShown(element: Element): boolean {
  // An element of `display: contents` has no box, though what it holds has.
  const { display, visibility } = getComputedStyle(element)
  return display === 'contents' || (hasBox(element) && display !== 'none' && visibility !== 'hidden')
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The text as it is shown, blocks and line breaks apart, without what is hidden or private. */
function textOf(element: Element): string {
  const { display, visibility } = getComputedStyle(element)
  const isSeen = !/hidden|collapse/.test(visibility)
  const text = childrenOf(element)
    .map(child => {
      // Not by its class: the page may have a `Text` of its own.
      if (child.nodeType === child.TEXT_NODE) return isSeen ? child.nodeValue : ''
      return isElement(child) && !isLeftOut(child) ? textOf(child) : ''
    })
    .join('')
  return propertyOf(element, 'localName') === 'br' || !/^(inline.*|contents|ruby.*|)$/.test(display)
    ? ` ${text} `
    : text
}

/** As they are shown: a component's shadow, and in a slot what the page has put there. */
function childrenOf(element: Element): Node[] {
  const shadow = propertyOf(element, 'shadowRoot')
  if (shadow) return listOf(shadow.childNodes)
  const assigned =
    propertyOf(element, 'localName') === 'slot' ? (element as HTMLSlotElement).assignedNodes() : []
  return assigned.length > 0 ? assigned : listOf(childNodesOf(element))
}

function isElement(node: Node): node is Element {
  return 'matches' in node
}

const neverShown =
  'script, style, noscript, template, head, title, desc, canvas, video, audio, iframe, datalist, input, select, textarea, meter, progress, details:not([open]) > :not(summary)'

function isLeftOut(element: Element): boolean {
  if (matchesSelector(element, neverShown) || isPrivateItself(element)) return true
  const { display, opacity, clip, clipPath } = getComputedStyle(element)
  // The last two are how a text is kept for screen readers alone.
  return (
    display === 'none' ||
    opacity === '0' ||
    /^rect\((\dpx),? \1,? \1,? \1\)/.test(clip) ||
    /^inset\((50|100)%\)/.test(clipPath)
  )
}
