import type * as z from 'zod/mini'

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

/** Puts a schema's issue into an author's words. */
export const explain: z.core.$ZodErrorMap = issue => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is missing; expected ${withArticle(issue.expected)}`
      return `expected ${withArticle(issue.expected)}, got ${show(issue.input, issue.path)}`
    case 'invalid_value':
      return oneOf(issue.values, issue.input, issue.path)
    case 'invalid_union':
      if (!issue.discriminator) return undefined
      return oneOf(
        Array.isArray(issue.options) ? issue.options : [],
        property(issue.input, issue.discriminator),
        issue.path,
      )
    case 'unrecognized_keys': {
      const known = keysOf(issue.inst)
      return issue.keys.map(key => `unknown key "${key}"${didYouMean(key, known)}`).join('; ')
    }
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join('; ')
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty'
      if (issue.origin === 'array') return `expected at least ${issue.minimum} of them`
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, got ${show(issue.input, issue.path)}`
    case 'too_big':
      return `expected at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`
    default:
      return undefined
  }
}

/** The problems behind a schema's issues; of a union's branches, those of the one that came nearest. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], base: PropertyKey[] = []): Problem[] {
  return issues.flatMap(issue => {
    const path = [...base, ...issue.path]
    if (issue.code === 'invalid_union' && !issue.discriminator) {
      const nearest = nearestBranch(issue.errors)
      if (nearest) return problemsOf(nearest, path)
    }
    return { path: pathText(path), message: issue.message }
  })
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

/** `; did you mean "crm"?` when a known word is near enough, else nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const limit = Math.max(1, Math.floor(word.length / 3))
  const [nearest] = [...known]
    .map(candidate => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
  return nearest ? `; did you mean "${nearest.candidate}"?` : ''
}

/** `['tours', 0, 'id']` as `tours[0].id`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('')
}

function nearestBranch(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const [first, second] = branches.toSorted((a, b) => a.length - b.length)
  return first && first.length < (second?.length ?? 0) ? first : undefined
}

function oneOf(values: readonly unknown[], input: unknown, path: PropertyKey[] | undefined): string {
  const expected =
    values.length === 1 ? show(values[0]) : `one of ${values.map(value => show(value)).join(', ')}`
  if (input === undefined) return `is missing; expected ${expected}`
  const hint = typeof input === 'string' ? didYouMean(input, values.map(String)) : ''
  return `expected ${expected}, got ${show(input, path)}${hint}`
}

function withArticle(type: string): string {
  if (type === 'int') return 'a whole number'
  if (type === 'string') return 'a text'
  if (type === 'boolean') return 'true or false'
  if (type === 'record') return 'an object'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

/** A value in a message. What may be a secret shows its type alone. */
function show(value: unknown, path: PropertyKey[] = []): string {
  if (Array.isArray(value)) return 'an array'
  if (value !== null && typeof value === 'object') return 'an object'
  const isSecret = path.some(key => /^(url|secret|auth|password|username|headers|query)$/.test(String(key)))
  if (isSecret && value !== null) return withArticle(typeof value)
  if (typeof value !== 'string') return String(value)
  return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`
}

function keysOf(schema: unknown): string[] {
  const shape = property(property(property(schema, '_zod'), 'def'), 'shape')
  return Object.keys(shape ?? {})
}

function property(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined
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
