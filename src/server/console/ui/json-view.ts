import { html, type Markup } from './markup.ts'

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** A value as coloured JSON. */
export function jsonView(value: unknown, { id }: { id?: string } = {}): Markup {
  return html`<pre class="json" tabindex="0"${id === undefined ? '' : html` id="${id}"`}>${coloured(JSON.stringify(value, null, 2) ?? '')}</pre>`
}

/** A text that may be JSON, such as an endpoint's answer: as JSON when it is, else as it is. */
export function answerView(text: string): Markup {
  try {
    return jsonView(JSON.parse(text))
  } catch {
    return html`<pre class="json" tabindex="0">${text}</pre>` // an answer may be anything
  }
}

function coloured(text: string): Markup[] {
  const parts: Markup[] = []
  let end = 0
  for (const match of text.matchAll(token)) {
    parts.push(html`${text.slice(end, match.index)}`)
    const [whole, string, colon] = match
    if (colon !== undefined) parts.push(html`<span class="k">${string}</span>${colon}`)
    else parts.push(html`<span class="${string === undefined ? 'n' : 's'}">${whole}</span>`)
    end = match.index + whole.length
  }
  parts.push(html`${text.slice(end)}`)
  return parts
}
