import { element } from '../layer/element.ts'
import { drawLink } from './link.ts'
import { fillShortened } from './placeholders.ts'
import type { TextOptions } from './text-options.ts'

const token = /\*{1,3}|`[^`]+`|\[|\]\([^\s)]{1,2000}\)|[^*`[\]]+|./gs
const bullet = /^\s*(?:[-*]|(\d+)[.)])\s+/

/**
 * Draws a text in a small part of Markdown: paragraphs, lists, `**bold**`, `*italic*`, `` `code` `` and links.
 *
 * Whatever else there is, HTML too, is text. Links lead to http, https and mailto, or to a step of the tour:
 * `[Skip this](step:done)`.
 */
export function drawText(text: string, options: TextOptions = {}): DocumentFragment {
  const fragment = document.createDocumentFragment()
  for (const block of text.split(/\n\s*\n/)) {
    for (const drawn of drawBlock(block.trim(), options)) if (drawn.textContent !== '') fragment.append(drawn)
  }
  return fragment
}

/** A run of lines without an empty one between them: paragraphs and lists take turns. */
function drawBlock(text: string, options: TextOptions): HTMLElement[] {
  if (text === '') return []
  const drawn: HTMLElement[] = []
  for (const line of text.split('\n')) {
    const [marker, number] = bullet.exec(line) ?? []
    const tag = marker === undefined ? 'p' : number === undefined ? 'ul' : 'ol'
    const last = drawn[drawn.length - 1]
    const isSame = last?.localName === tag
    const block = isSame ? last : element(tag)
    if (!isSame) drawn.push(block)
    const inline = drawInline(line.slice(marker?.length ?? 0), options)
    if (marker !== undefined) block.append(element('li', {}, inline))
    else block.append(...(isSame ? [element('br')] : []), inline)
  }
  return drawn
}

/** What has been opened and not closed yet: `**`, `*` or `[`; the outermost has no mark. */
interface Span {
  mark: string
  content: DocumentFragment
}

const tagOf: Record<string, 'strong' | 'em'> = { '**': 'strong', '*': 'em' }

/** Draws one line. Each mark is open at most once, so that the depth and the time stay bounded by the text. */
export function drawInline(text: string, options: TextOptions = {}): DocumentFragment {
  const root: Span = { mark: '', content: document.createDocumentFragment() }
  let open: Span[] = []
  const tokens = text.match(token) ?? []

  function innermost(): Span {
    return open[open.length - 1] ?? root
  }

  /** What turned out to be no markup is text. */
  function unwrap(from: number): void {
    for (let at = open.length - 1; at >= from; at--) {
      const span = open[at]
      if (span) (open[at - 1] ?? root).content.append(span.mark, span.content)
    }
    open = open.slice(0, from)
  }

  /** Ends the span at an index; its content, or `undefined` when it has none. */
  function close(at: number): DocumentFragment | undefined {
    unwrap(at + 1)
    const span = open[at]
    if (!span?.content.hasChildNodes()) return undefined
    open = open.slice(0, at)
    return span.content
  }

  function emphasise(mark: string, isAfterWord: boolean, isBeforeWord: boolean): void {
    const at = open.findIndex(span => span.mark === mark)
    const content = at >= 0 && isAfterWord ? close(at) : undefined
    if (content) innermost().content.append(element(tagOf[mark] ?? 'em', {}, content))
    else if (at === -1 && isBeforeWord) open.push({ mark, content: document.createDocumentFragment() })
    else innermost().content.append(mark)
  }

  function startLink(): void {
    const at = open.findIndex(({ mark }) => mark === '[')
    if (at >= 0) unwrap(at)
    open.push({ mark: '[', content: document.createDocumentFragment() })
  }

  function endLink(end: string): void {
    const at = open.findIndex(({ mark }) => mark === '[')
    const label = at >= 0 ? close(at) : undefined
    if (!label) {
      innermost().content.append(end)
      return
    }
    const link = drawLink(end.slice(2, -1), label, options)
    innermost().content.append(...(link ? [link] : ['[', label, end]))
  }

  tokens.forEach((token, index) => {
    const isAfterWord = isWord(tokens[index - 1]?.slice(-1))
    const isBeforeWord = isWord(tokens[index + 1]?.charAt(0))
    if (token === '***') {
      // The inner of the two is closed first.
      const marks = innermost().mark === '*' ? ['*', '**'] : ['**', '*']
      for (const mark of marks) emphasise(mark, isAfterWord, isBeforeWord)
    } else if (token.startsWith('*')) emphasise(token, isAfterWord, isBeforeWord)
    else if (token === '[') startLink()
    else if (token.length > 2 && token.startsWith('](')) endLink(token)
    else if (token.length > 2 && token.startsWith('`')) {
      innermost().content.append(element('code', {}, fillShortened(token.slice(1, -1), options.lookup)))
    } else innermost().content.append(fillShortened(token, options.lookup))
  })
  unwrap(0)
  return root.content
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && character.trim() !== ''
}
