import { fillText, type Lookup } from '../../message/template.ts'
import { element } from '../layer/element.ts'
import { onPress } from '../layer/press.ts'
import type { TextOptions } from './text-options.ts'

const protocols = ['http:', 'https:', 'mailto:']

/** A link, or a button that goes to a step; `undefined` where the target is none. */
export function drawLink(
  target: string,
  label: DocumentFragment,
  { onStep, lookup }: TextOptions,
): HTMLElement | undefined {
  const [, step] = /^step:(.+)$/.exec(target) ?? []
  if (step !== undefined) {
    if (!onStep) return undefined
    const button = element('button', { type: 'button', class: 'link' }, label)
    onPress(button, () => onStep(step))
    return button
  }
  const url = parseUrl(target, lookup)
  if (!url || !protocols.includes(url.protocol)) return undefined
  // What leads elsewhere must not take the tour's page away.
  const elsewhere = url.origin !== location.origin && { target: '_blank', rel: 'noopener' }
  return element('a', { href: url.href, ...elsewhere }, label)
}

/**
 * As the page's own links are resolved, by its `<base>`.
 *
 * Where a link leads is for the author to say: a value in it can be a part of a path or of a query, never an address.
 */
function parseUrl(target: string, lookup: Lookup | undefined): URL | undefined {
  const encoded = (name: string) => encodeURIComponent(fillText('{value}', () => lookup?.(name)))
  try {
    // Not `URL.canParse`: it is younger than the browsers that we support.
    return new URL(lookup ? fillText(target, encoded) : target, document.baseURI)
  } catch {
    return undefined // no address: the text stays text
  }
}
