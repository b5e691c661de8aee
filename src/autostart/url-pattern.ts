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

/** Hears each time the page's address changes, a single-page application's navigation included; returns the undo. */
export function onNavigate(listener: () => void): () => void {
  const listeners = new AbortController()
  const { signal } = listeners
  let address = location.href

  function look(): void {
    if (signal.aborted || location.href === address) return
    address = location.href
    listener()
  }

  if (window.navigation) {
    navigation.addEventListener('currententrychange', look, { signal })
    return () => listeners.abort()
  }

  // Firefox before 147 and Safari before 26.2 tell only of going back and forth.
  addEventListener('popstate', look, { signal })
  const undos = (['pushState', 'replaceState'] as const).map(name => {
    const original = history[name]
    const patched: History[typeof name] = (...args) => {
      original.apply(history, args)
      look()
    }
    history[name] = patched
    return () => {
      // What someone has patched over ours stays theirs.
      if (history[name] === patched) history[name] = original
    }
  })
  return () => {
    listeners.abort()
    for (const undo of undos) undo()
  }
}
