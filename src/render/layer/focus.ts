import { matchesSelector } from '../../tour/sources/natives.ts'
import { listOf } from '../../values/list-of.ts'
import { isLaidOut } from './page-element.ts'

const tabStops = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]'

/** What the Tab key reaches within an element, itself included, in the page's order; of a radio group, one. */
export function tabStopsIn(element: Element): HTMLElement[] {
  const inner = document.documentElement.querySelectorAll.call(element, tabStops)
  const candidates = [element, ...listOf(inner)].filter(isReachable)
  return candidates.filter(candidate => !isRadio(candidate) || isGroupStop(candidate, candidates))
}

function isReachable(candidate: Element): candidate is HTMLElement {
  // A form's `tabIndex` may be a control of its.
  if (!(candidate instanceof HTMLElement) || Number(candidate.tabIndex) < 0) return false
  if (candidate.localName === 'form' && !candidate.hasAttribute('tabindex')) return false
  return !matchesSelector(candidate, ':disabled') && isLaidOut(candidate)
}

function isRadio(element: Element): element is HTMLInputElement {
  return matchesSelector(element, '[type=radio]')
}

/** Of a radio group, Tab reaches the checked one, or else the first. */
function isGroupStop(radio: HTMLInputElement, among: readonly Element[]): boolean {
  const group = among.filter(isRadio).filter(({ name, form }) => name === radio.name && form === radio.form)
  return radio === (group.find(({ checked }) => checked) ?? group[0])
}

/** What has the focus, within shadow roots, too. */
export function focusedElement(root: DocumentOrShadowRoot = document): Element | null {
  const { activeElement } = root
  const shadow = activeElement?.shadowRoot
  return shadow ? focusedElement(shadow) : activeElement
}

/** Moves the focus on (`1`) or back (`-1`) among the tab stops of some elements, and round at their end. */
export function moveFocus(within: readonly Element[], direction: 1 | -1): void {
  const stops = within.flatMap(tabStopsIn)
  const focused = focusedElement()
  const index = stops.indexOf(focused as HTMLElement)
  const from = index === -1 && direction === -1 ? 0 : index
  stops[(from + direction + stops.length) % stops.length]?.focus()
}

export interface KeptFocus {
  /** Gives it back, unless the visitor has the focus elsewhere. */
  giveBack(): void
}

/** Remembers what of the page had the focus last, now and until it is given back. */
export function keepFocus(isOurs: (target: EventTarget | null) => boolean): KeptFocus {
  let last = focusedElement()
  const listeners = new AbortController()

  function remember({ target }: Event): void {
    if (!isOurs(target)) last = focusedElement()
  }

  addEventListener('focusin', remember, { capture: true, signal: listeners.signal })
  return {
    giveBack() {
      listeners.abort()
      const isFree = document.activeElement === null || document.activeElement === document.body
      if (isFree && last && 'focus' in last) (last as HTMLElement).focus({ preventScroll: true })
    },
  }
}
