/** A placeholder in a text, such as `{role}` or `{page.url}`. */
export const placeholder = /\{([\p{L}\p{N}_.-]+)\}/gu
/** A text that is a placeholder and nothing else. */
export const onlyPlaceholder = new RegExp(`^${placeholder.source}$`, 'u')

/** The names of a text's placeholders, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name)
}
