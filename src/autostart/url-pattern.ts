/**
 * Whether an address matches a pattern: a path such as `/projects/*`, or a whole address with its origin.
 *
 * `*` stands for anything, `:name` for one part of a path. A slash at the path's end is of no matter,
 * nor is whether `/über-uns` is percent-encoded. The query and the hash count only if the pattern has them, so that
 * `/#/projects/*` serves pages that route by hash. Not `URLPattern`: older browsers lack it, and a tour must start
 * alike in all of them.
 */
export function matchesUrl(pattern: string, address: string): boolean {
  const { origin, pathname, search, hash } = new URL(address)
  const subjects = [pathname, pathname.replace(/\/$/, '')].map(path =>
    [
      pattern.includes('://') ? origin : '',
      path,
      pattern.includes('?') ? search : '',
      pattern.includes('#') ? hash : '',
    ].join(''),
  )
  const source = decoded(pattern.replace(/^([^?#]+)\/$/, '$1'))
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replace(/\/:\w+/g, '/[^/]+')
  return subjects.some(subject => new RegExp(`^${source}$`).test(decoded(subject)))
}

function decoded(text: string): string {
  try {
    return decodeURI(text)
  } catch {
    // A percent sign of its own: a browser leaves it as it is, too.
    return text
  }
}
