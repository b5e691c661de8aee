/** A text as a list shows it: its first characters, where it is long. The page of the thing itself shows all. */
export function shortened(text: string, most = 80): string {
  return text.length > most
    ? `${text
        .slice(0, most)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
    : text
}
