/** One thing that is wrong with a config. */
export interface Problem {
  /** Where: `tours[0].steps[2].trigger.webhook`. */
  path: string
  /** What was expected, and what came. */
  message: string
  /** The line in the file that it was read from, counted from 1. */
  line?: number
  /** The column in that line, counted from 1. */
  column?: number
}

/** A config that can't be used; `problems` lists all that is wrong with it. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(
      [
        `The config has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`,
        ...problems.map(problemText),
      ].join('\n'),
    )
    this.problems = problems
  }
}

/** A problem as one sentence: `webhooks[0].url: is missing (line 3, column 5)`. */
export function problemText({ path, message, line, column }: Problem): string {
  const place = line === undefined ? '' : ` (line ${line}, column ${column})`
  return `${path === '' ? '' : `${path}: `}${message}${place}`
}

const maxDepth = 50

/**
 * What the schema itself would not find: the key `__proto__`, which it drops in silence, and a config that is
 * nested deeper than anyone writes, in which it would run out of stack.
 */
export function shapeProblems(input: unknown): { problems: Problem[]; isTooDeep: boolean } {
  const problems: Problem[] = []
  let level: { value: unknown; path: PropertyKey[] }[] = [{ value: input, path: [] }]
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level
    if (first && depth > maxDepth) {
      const path = `${pathText(first.path.slice(0, 5))}…`
      return { problems: [{ path, message: 'is nested too deeply' }], isTooDeep: true }
    }
    const seen = new Set<unknown>()
    level = level.flatMap(({ value, path }) => {
      if (value === null || typeof value !== 'object' || seen.has(value)) return []
      seen.add(value)
      if (Object.hasOwn(value, '__proto__'))
        problems.push({ path: pathText(path), message: 'can\'t have the key "__proto__"' })
      return Object.entries(value)
        .filter(([key, item]) => key !== '__proto__' && typeof item === 'object')
        .map(([key, item]) => ({ value: item, path: [...path, Array.isArray(value) ? Number(key) : key] }))
    })
  }
  return { problems, isTooDeep: false }
}

/** `['tours', 0, 'id']` as `tours[0].id`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('')
}
