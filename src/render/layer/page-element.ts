/*
 * A form of the page answers with its control of that name: with <input name="matches">, `form.matches` is an
 * input. https://html.spec.whatwg.org/multipage/forms.html#the-form-element (LegacyOverrideBuiltIns)
 */

/** Where an element is in the viewport. */
export function boxOf(element: Element): DOMRect {
  return document.documentElement.getBoundingClientRect.call(element)
}

/** Whether an element is laid out at all. */
export function isLaidOut(element: Element): boolean {
  return document.documentElement.getClientRects.call(element).length > 0
}
