import { propertyOf, rootOf } from '../../tour/sources/natives.ts'

export interface Reach {
  /** The element itself, or the nearest around it that a selector of the page reaches. */
  element: Element
  /** Why it is not the element itself. */
  why?: string | undefined
}

/** Selectors end at the border of a shadow root and of a frame: there, what stands outside is taken. */
export function reachOf(element: Element, root: Document): Reach {
  const own = rootOf(element)
  if (own === root) return { element }
  const outer = own instanceof ShadowRoot ? own.host : (own as Document).defaultView?.frameElement
  if (!outer) return { element, why: 'It is no part of the page.' }
  const reach = reachOf(outer, root)
  const tag = propertyOf(reach.element, 'localName')
  const why = `It is inside <${tag}>, where no selector reaches: this finds <${tag}> itself.`
  return { element: reach.element, why }
}
