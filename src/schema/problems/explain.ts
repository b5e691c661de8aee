import type * as z from 'zod/mini'
import { type Problem, pathText } from './config-error.ts'
import { didYouMean } from './did-you-mean.ts'
import { keyHint, shapeHint } from './hints.ts'
import { wordHint } from './synonyms.ts'

/** Puts a schema's issue into an author's words. */
export const explain: z.core.$ZodErrorMap = issue => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is missing; expected ${withArticle(issue.expected)}`
      return `expected ${withArticle(issue.expected)}, got ${show(issue.input, issue.path)}${shapeHint(issue.expected, issue.input, issue.path ?? [], isSecret(issue.path))}`
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
      return issue.keys
        .map(key => `unknown key "${key}"${keyHint(key, property(issue.input, key), known)}`)
        .join('; ')
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

function nearestBranch(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const [first, second] = branches.toSorted((a, b) => a.length - b.length)
  return first && first.length < (second?.length ?? 0) ? first : undefined
}

function oneOf(values: readonly unknown[], input: unknown, path: PropertyKey[] | undefined): string {
  const expected =
    values.length === 1 ? show(values[0]) : `one of ${values.map(value => show(value)).join(', ')}`
  if (input === undefined) return `is missing; expected ${expected}`
  const words = values.map(String)
  const hint = typeof input === 'string' ? wordHint(input, words) || didYouMean(input, words) : ''
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
  if (isSecret(path) && value !== null) return withArticle(typeof value)
  if (typeof value !== 'string') return String(value)
  return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`
}

function isSecret(path: PropertyKey[] = []): boolean {
  return path.some(key => /^(url|secret|auth|password|username|headers|query)$/.test(String(key)))
}

function keysOf(schema: unknown): string[] {
  const shape = property(property(property(schema, '_zod'), 'def'), 'shape')
  return Object.keys(shape ?? {})
}

function property(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined
}
