import { element } from '../layer/element.ts'

export interface TextOptions {
  /** What a link to `step:ID` does. Without it, such a link is text. */
  onStep?: ((step: string) => void) | undefined
}

const inline = /\*\*(\S|\S.*?\S)\*\*|\*(\S|\S.*?\S)\*|`([^`]+)`|\[([^\]]+)\]\(([^\s)]+)\)/
const bullet = /^\s*(?:[-*]|(\d+)[.)])\s+/

/**
 * Draws a text in a small part of Markdown: paragraphs, lists, `**bold**`, `*italic*`, `` `code` `` and links.
 *
 * Whatever else there is, HTML too, is text. Links lead to http, https and mailto, or to a step of the tour:
 * `[Skip this](step:done)`.
 */
export function drawText(text: string, options: TextOptions = {}): DocumentFragment {
  const fragment = document.createDocumentFragment()
  for (const block of text.split(/\n\s*\n/)) fragment.append(...drawBlock(block.trim(), options))
  return fragment
}

/** A run of lines without an empty one between them: paragraphs and lists take turns. */
function drawBlock(text: string, options: TextOptions): HTMLElement[] {
  if (text === '') return []
  const drawn: HTMLElement[] = []
  for (const line of text.split('\n')) {
    const [marker, number] = bullet.exec(line) ?? []
    const tag = marker === undefined ? 'p' : number === undefined ? 'ul' : 'ol'
    const last = drawn.at(-1)
    const isSame = last?.localName === tag
    const block = isSame ? last : element(tag)
    if (!isSame) drawn.push(block)
    const parts = drawInline(line.slice(marker?.length ?? 0), options)
    if (marker !== undefined) block.append(element('li', {}, ...parts))
    else block.append(...(isSame ? [element('br')] : []), ...parts)
  }
  return drawn
}

/** Draws one line. */
export function drawInline(text: string, options: TextOptions = {}): (Node | string)[] {
  const match = inline.exec(text)
  if (!match) return text === '' ? [] : [text]
  const [whole, bold, italic, code, label = '', target = ''] = match
  const inner = () => drawInline(bold ?? italic ?? label, options)
  const drawn =
    bold !== undefined
      ? element('strong', {}, ...inner())
      : italic !== undefined
        ? element('em', {}, ...inner())
        : code !== undefined
          ? element('code', {}, code)
          : (drawLink(target, inner(), options) ?? whole)
  const rest = drawInline(text.slice(match.index + whole.length), options)
  return [...(match.index > 0 ? [text.slice(0, match.index)] : []), drawn, ...rest]
}

function drawLink(target: string, label: (Node | string)[], { onStep }: TextOptions): Node | undefined {
  const [, step] = /^step:(.+)$/.exec(target) ?? []
  if (step !== undefined) {
    if (!onStep) return undefined
    const button = element('button', { type: 'button', class: 'link' }, ...label)
    button.addEventListener('click', () => onStep(step))
    return button
  }
  if (!URL.canParse(target, location.href)) return undefined
  const { href, protocol, origin } = new URL(target, location.href)
  if (!['http:', 'https:', 'mailto:'].includes(protocol)) return undefined
  // What leads elsewhere must not take the tour's page away.
  const elsewhere = origin !== location.origin && { target: '_blank', rel: 'noopener' }
  return element('a', { href, ...elsewhere }, ...label)
}
