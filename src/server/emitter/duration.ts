const units: readonly [name: string, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
]

/** A stretch of time in words, in its largest whole unit: `5 minutes`, `1 day`, `less than a second`. */
export function durationInWords(ms: number): string {
  for (const [name, unitMs] of units) {
    const count = Math.round(ms / unitMs)
    if (count >= 1 && ms >= unitMs * 0.95) return `${count} ${name}${count === 1 ? '' : 's'}`
  }
  return 'less than a second'
}
