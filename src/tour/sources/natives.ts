/*
 * A form's own methods and properties may be hidden by fields of their names, such as `<input name="matches">`:
 * what is asked of an element that may be a form is asked by the browser's own.
 */

export function matchesSelector(element: Element, selector: string): boolean {
  return Element.prototype.matches.call(element, selector)
}

export function closest(element: Element, selector: string): Element | null {
  return Element.prototype.closest.call(element, selector)
}

export function attributeOf(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name)
}

export function rootOf(element: Element): Document | ShadowRoot {
  return Node.prototype.getRootNode.call(element) as Document | ShadowRoot
}

export function propertyOf<Name extends 'localName' | 'shadowRoot'>(
  element: Element,
  name: Name,
): Element[Name] {
  return Reflect.get(Element.prototype, name, element)
}

export function childNodesOf(element: Element): ArrayLike<ChildNode> {
  return Reflect.get(Node.prototype, 'childNodes', element)
}

/** Whether it takes up room on the page. */
export function hasBox(element: Element): boolean {
  return Element.prototype.getClientRects.call(element).length > 0
}
