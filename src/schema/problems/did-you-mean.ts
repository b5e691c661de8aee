/** Says `; did you mean "crm"?` when a known word is near enough, else nothing. */
export type DidYouMean = (word: string, known: Iterable<string>) => string

/** `; did you mean "crm"?` when a known word is near enough, else nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  return createDidYouMean()(word, known)
}

/**
 * The same for many words: it looks at so many letters in all, and says nothing any more after that. Who has
 * thousands of words wrong needs no hints, and waits for none.
 */
export function createDidYouMean(mostLetters = 2_000_000): DidYouMean {
  let letters = 0
  return (word, known) => {
    if (letters > mostLetters) return ''
    const limit = Math.max(1, Math.floor(word.length / 3))
    let nearest: string | undefined
    let least = limit + 1
    for (const candidate of known) {
      letters += 1
      if (Math.abs(candidate.length - word.length) > limit || letters > mostLetters) continue
      letters += word.length * candidate.length
      const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
      if (distance < least) {
        least = distance
        nearest = candidate
      }
    }
    return nearest === undefined ? '' : `; did you mean "${nearest}"?`
  }
}

/** How many letters were missed, added, mistaken, or swapped with the next one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? at(i - 2, j - 2) + 1 : replaced
      row.push(Math.min(replaced, swapped, at(i - 1, j) + 1, at(i, j - 1) + 1))
    }
  }
  return at(a.length, b.length)
}
