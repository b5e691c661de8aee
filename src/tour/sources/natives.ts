/*
 * A form's own methods and properties may be hidden by fields of their names, such as `<input name="matches">`:
 * what is asked of an element that may be a form is asked by the browser's own. They are the root element's, since a
 * page's script may have a class `Node` or `Element` of its own.
 */

export function matchesSelector(element: Element, selector: string): boolean {
  return document.documentElement.matches.call(element, selector)
}

export function closest(element: Element, selector: string): Element | null {
  return document.documentElement.closest.call(element, selector)
}

export function attributeOf(element: Element, name: string): string | null {
  return document.documentElement.getAttribute.call(element, name)
}

export function rootOf(element: Element): Document | ShadowRoot {
  return document.documentElement.getRootNode.call(element) as Document | ShadowRoot
}

export function propertyOf<Name extends 'localName' | 'shadowRoot' | 'assignedSlot' | 'parentElement'>(
  element: Element,
  name: Name,
): Element[Name] {
  return Reflect.get(document.documentElement, name, element)
}

export function childNodesOf(element: Element): ArrayLike<ChildNode> {
  return Reflect.get(document.documentElement, 'childNodes', element)
}

/** Whether it takes up room on the page, and lies in nothing that is skipped, such as a closed `<details>`. */
export function hasBox(element: Element): boolean {
  const { checkVisibility, getClientRects } = document.documentElement
  // Safari has the first from 17.4 on.
  return getClientRects.call(element).length > 0 && (checkVisibility?.call(element) ?? true)
}
