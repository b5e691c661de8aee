import { tabStopsIn } from '../../render/layer/focus.ts'
import { isLaidOut } from '../../render/layer/page-element.ts'
import { listOf } from '../../values/list-of.ts'

/** Which element a key leads to from another; `undefined` for keys that lead nowhere. */
export function neighbourOf(from: Element | undefined, key: string, isShift: boolean): Element | undefined {
  if (key === 'Tab' || !from) return tabNeighbour(from, isShift ? -1 : 1)
  if (key === 'ArrowUp') return parentOf(from)
  if (key === 'ArrowDown') return listOf((from.shadowRoot ?? from).children).find(isLaidOut)
  if (key === 'ArrowRight') return siblingOf(from, 'nextElementSibling')
  if (key === 'ArrowLeft') return siblingOf(from, 'previousElementSibling')
  return undefined
}

function tabNeighbour(from: Element | undefined, direction: 1 | -1): Element | undefined {
  const stops = tabStopsIn(document.body)
  const index = from ? stops.indexOf(from as HTMLElement) : -1
  if (index >= 0) return stops[(index + direction + stops.length) % stops.length]
  // From what takes no focus, on to what comes next in the page.
  const isAfter = (stop: Element) =>
    !from || Boolean(from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING)
  return direction === 1
    ? (stops.find(isAfter) ?? stops[0])
    : (stops.filter(stop => !isAfter(stop)).at(-1) ?? stops.at(-1))
}

function parentOf(element: Element): Element | undefined {
  const root = element.parentElement ?? element.getRootNode()
  const parent = root instanceof ShadowRoot ? root.host : root
  return parent instanceof Element && parent !== document.documentElement ? parent : undefined
}

function siblingOf(
  element: Element,
  way: 'nextElementSibling' | 'previousElementSibling',
): Element | undefined {
  let sibling = element[way]
  while (sibling && !isLaidOut(sibling)) sibling = sibling[way]
  return sibling ?? undefined
}
