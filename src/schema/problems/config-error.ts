/** One thing that is wrong with a config. */
export interface Problem {
  /** Where: `tours[0].steps[2].trigger.webhook`. */
  path: string
  /** What was expected, and what came. */
  message: string
}

/** A config that can't be used; `problems` lists all that is wrong with it. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(
      [
        `The config has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`,
        ...problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)),
      ].join('\n'),
    )
    this.problems = problems
  }
}

const maxDepth = 50

/**
 * What the schema would not tell: the key `__proto__`, which it drops in silence.
 *
 * @throws {ConfigError} when something is nested deeper than anyone writes; the schema would run out of stack.
 */
export function shapeProblems(value: unknown, path: PropertyKey[] = []): Problem[] {
  if (value === null || typeof value !== 'object') return []
  if (path.length > maxDepth)
    throw new ConfigError([{ path: `${pathText(path.slice(0, 5))}…`, message: 'is nested too deeply' }])
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = shapeProblems(item, [...path, Array.isArray(value) ? Number(key) : key])
    return key === '__proto__' ? [{ path: pathText(path), message: 'can\'t have the key "__proto__"' }] : inner
  })
}

/** `['tours', 0, 'id']` as `tours[0].id`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('')
}
