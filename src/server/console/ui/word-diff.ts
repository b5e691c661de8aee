import { html, type Markup } from './markup.ts'

/** The most words on a side that are compared one by one; beyond it, the texts stand whole. */
const mostWords = 400

/** Two texts as one, with what went and what came marked. */
export function wordDiff(before: string, after: string): Markup {
  const [old, fresh] = [wordsOf(before), wordsOf(after)]
  if (old.length > mostWords || fresh.length > mostWords) return html`<del>${before}</del> <ins>${after}</ins>`
  const parts: Markup[] = []
  let [i, j] = [0, 0]
  const lengths = commonLengths(old, fresh)
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      parts.push(html`${old[i]}`)
      i += 1
      j += 1
    } else if (i < old.length && (j === fresh.length || at(i + 1, j) >= at(i, j + 1))) {
      parts.push(html`<del>${old[i]}</del>`)
      i += 1
    } else {
      parts.push(html`<ins>${fresh[j]}</ins>`)
      j += 1
    }
  }
  return html`${parts}`
}

/** How long the longest common run of words is, from each place of both on. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (!row) continue
      row[j] =
        old[i] === fresh[j]
          ? (lengths[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return lengths
}

/** Words, each with the space after it. */
function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text])
}
