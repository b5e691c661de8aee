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

  // Firefox before 147 and Safari before 26.2 report only going back and forth.
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
