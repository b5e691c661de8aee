const tabStops = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]'

/** What the Tab key reaches within an element, itself included, in the page's order; of a radio group, one. */
export function tabStopsIn(element: Element): HTMLElement[] {
  const candidates = [element, ...element.querySelectorAll(tabStops)]
  return candidates.filter((candidate): candidate is HTMLElement => {
    if (!(candidate instanceof HTMLElement) || candidate.tabIndex < 0) return false
    if (candidate.matches(':disabled') || candidate.getClientRects().length === 0) return false
    return !(candidate instanceof HTMLInputElement) || candidate.type !== 'radio' || isGroupStop(candidate)
  })
}

/** Of a radio group, Tab reaches the checked one, or else the first. */
function isGroupStop(radio: HTMLInputElement): boolean {
  const group = radio.form?.elements.namedItem(radio.name)
  if (radio.checked || !(group instanceof RadioNodeList)) return true
  return group.value === '' && group[0] === radio
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
  stops.at((from + direction) % stops.length)?.focus()
}

/** Remembers what has the focus; the undo gives it back, unless the visitor has moved it meanwhile. */
export function keepFocus(): () => void {
  const before = focusedElement()
  return () => {
    const isFree = document.activeElement === null || document.activeElement === document.body
    if (isFree && before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}
