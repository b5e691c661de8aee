import type { Problem } from '../../../schema/problems/config-error.ts'

/**
 * The problems that a change brings in. What was wrong before, such as a trigger that has no webhook yet, keeps nobody
 * from saving something else; it keeps the tour from being published.
 */
export function newProblems(after: readonly Problem[], before: readonly Problem[]): Problem[] {
  const known = before.map(keyOf)
  return after.filter(problem => {
    const at = known.indexOf(keyOf(problem))
    if (at >= 0) known.splice(at, 1)
    return at < 0
  })
}

/** A step that has moved brings its problem along. */
function keyOf({ path, message }: Problem): string {
  return `${path.replace(/\[\d+\]/g, '[]')} ${message}`
}
