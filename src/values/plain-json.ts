import { type Json, mapValues } from './json.ts'

const deepest = 100
const mostParts = 100_000

/**
 * Whether JSON can say this value, nested at most 100 deep.
 *
 * A loop, level by level: its cost grows with the size alone, and a value that holds itself ends it.
 */
export function isJson(value: unknown): value is Json {
  let level = [value]
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const inner = new Set<object>()
    for (const item of level) {
      if (isContainer(item)) inner.add(item)
      else if (!isScalar(item)) return false
    }
    level = [...inner].flatMap(container => Object.values(container) as unknown[])
  }
  return level.length === 0
}

/** Called for each part that JSON can't say, with its path and why. */
export type ReportProblem = (path: string, message: string) => void

/**
 * A copy of a value as JSON says it: a Date as its ISO text, an entry that is `undefined` left out.
 *
 * What JSON can't say (a function, a cycle, what lies 100 levels deep) is reported and left out. It takes time with
 * the value's size, and no stack with its depth.
 */
export function plainJson(value: unknown, path: string, report: ReportProblem): Json | undefined {
  let parts = 0

  function plain(value: unknown, path: string, around: readonly unknown[]): Json | undefined {
    if (value === undefined || value === null) return value
    if (typeof value === 'string' || typeof value === 'boolean') return value
    // An object that holds another twice, and that one a third twice, and so on, grows with a power of two.
    parts += 1
    const problem = parts > mostParts ? `has more than ${mostParts} parts` : problemOf(value, around)
    if (problem !== undefined) {
      if (parts <= mostParts + 1) report(path, problem)
      return undefined
    }
    if (typeof value === 'number') return value
    if (value instanceof Date) return value.toISOString()
    const inside = [...around, value]
    // As JSON.stringify does: a gap keeps its place.
    if (Array.isArray(value))
      return value.map((item, index) => plain(item, `${path}[${index}]`, inside) ?? null)
    return mapValues(Object(value), (entry, key) => plain(entry, path === '' ? key : `${path}.${key}`, inside))
  }
  return plain(value, path, [])
}

function problemOf(value: unknown, around: readonly unknown[]): string | undefined {
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : `expected a finite number, got ${value}`
  if (typeof value !== 'object' || value === null) return `expected what JSON can say, got a ${typeof value}`
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'expected a valid date, got an invalid one' : undefined
  if (around.includes(value)) return 'contains itself, which JSON can not say'
  if (around.length >= deepest) return `lies more than ${deepest} levels deep`
  if (Array.isArray(value) || isPlainObject(value)) return undefined
  return `expected what JSON can say, got a ${value.constructor?.name || 'foreign object'}`
}

/** Also one of another realm (a frame, `node:vm`), or without a prototype. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || isPlainObject(value))
}
