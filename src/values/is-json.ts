import type { Json } from './json.ts'

/** How deep a value that we take may be nested: deeper than anyone writes, and far from the stack's end. */
const maxDepth = 100

/**
 * Whether JSON can say this value, nested at most 100 deep.
 *
 * A loop, level by level: its cost grows with the size alone, and a value that holds itself ends it.
 */
export function isJson(value: unknown): value is Json {
  let level = [value]
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth += 1) {
    const inner = new Set<object>()
    for (const item of level) {
      if (isContainer(item)) inner.add(item)
      else if (!isScalar(item)) return false
    }
    level = [...inner].flatMap(container => Object.values(container) as unknown[])
  }
  return level.length === 0
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
