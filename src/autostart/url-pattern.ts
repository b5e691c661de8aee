/**
 * Whether an address matches a pattern: a path such as `/projects/*`, or a whole address with its origin.
 *
 * `*` stands for anything, `:name` for one part of a path. A slash at the path's end makes no difference, nor
 * does percent-encoding, as in `/über-uns`. The query and the hash count only if the pattern has them, so that
 * `/#/projects/*` serves pages that route by hash. Not `URLPattern`: older browsers lack it, and a tour must start
 * alike in all of them.
 */
export function matchesUrl(pattern: string, address: string): boolean {
  const { origin, pathname, search, hash } = new URL(address)
  const tokens = decoded(pattern.replace(/^([^?#]+)\/$/, '$1')).match(/\/:\w+|\*+|./gsu) ?? []
  return [...new Set([pathname, pathname.replace(/\/$/, '')])].some(path =>
    matchesTokens(
      tokens,
      decoded(
        [
          pattern.includes('://') ? origin : '',
          path,
          pattern.includes('?') ? search : '',
          pattern.includes('#') ? hash : '',
        ].join(''),
      ),
    ),
  )
}

/**
 * Follows all readings at once, so that the time grows with the text alone: a regular expression would try them one
 * after the other, and a long address could hold the page up for minutes.
 *
 * A token is one character, stars, or `/:name`.
 */
function matchesTokens(tokens: string[], text: string): boolean {
  /** Where the readings stand: at a token's index, or half a place on, within the name of `/:name`. */
  let places = new Set(at(0))
  for (const character of text) {
    const next = new Set<number>()
    for (const place of places) for (const after of step(place, character)) next.add(after)
    if (next.size === 0) return false
    places = next
  }
  return places.has(tokens.length)

  function step(place: number, character: string): number[] {
    const index = Math.floor(place)
    const token = tokens[index]
    if (token?.startsWith('*')) return at(index)
    if (token === undefined || token.length === 1) return token === character ? at(index + 1) : []
    if (place === index) return character === '/' ? [index + 0.5] : []
    return character === '/' ? [] : [place, ...at(index + 1)]
  }

  /** A token's index; and the one after it, where the token is a star, which may stand for nothing. */
  function at(index: number): number[] {
    return tokens[index]?.startsWith('*') ? [index, index + 1] : [index]
  }
}

function decoded(text: string): string {
  try {
    return decodeURI(text)
  } catch {
    // A percent sign of its own: a browser leaves it as it is, too.
    return text
  }
}
