/** What stands in the place of something that is not for everybody. */
export const mask = '•••'

/** What is shorter is everywhere, and is left alone. */
export const shortest = 4

/** Each text in the ways in which a page, a log or JSON writes it. */
export function formsOf(texts: readonly string[]): string[] {
  const forms = texts.flatMap(text => {
    if (text.length < shortest) return []
    const json = JSON.stringify(text).slice(1, -1)
    const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return [
      text,
      json,
      json.replaceAll('/', '\\/'),
      html,
      html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
      html.replaceAll('"', '&#34;').replaceAll("'", '&#x27;'),
      attempted(encodeURIComponent, text),
      new URLSearchParams([['', text]]).toString().slice(1),
      attempted(decodeURIComponent, text),
    ]
  })
  return [...new Set(forms)].filter(form => form.length >= shortest).sort((a, b) => b.length - a.length)
}

/** The text as it is, if it can't be written so. */
function attempted(write: (text: string) => string, text: string): string {
  try {
    return write(text)
  } catch {
    return text // half a surrogate pair, or a percent sign that stands for itself
  }
}
