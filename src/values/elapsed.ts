/** ms that nobody can put right; by the wall clock where a script of the page has a `performance` of its own. */
export function elapsedMs(): number {
  return performance?.now?.() ?? Date.now()
}
