/** `; did you mean "crm"?` when a known word is near enough, else nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const limit = Math.max(1, Math.floor(word.length / 3))
  const [nearest] = [...known]
    .filter(candidate => Math.abs(candidate.length - word.length) <= limit)
    .slice(0, mostCompared(word))
    .map(candidate => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
  return nearest ? `; did you mean "${nearest.candidate}"?` : ''
}

/** So that even a config full of long, unknown words is checked in no time. */
function mostCompared(word: string): number {
  return Math.ceil(200_000 / Math.max(1, word.length) ** 2)
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
