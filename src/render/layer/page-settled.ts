import { elapsedMs } from '../../values/elapsed.ts'

/** Some resource never comes, on some pages. */
const longestWaitMs = 5_000

/**
 * Calls back once the page has loaded and has nothing to do; at once, if that was a second ago or a visitor has just
 * clicked on it.
 *
 * A framework that hydrates the whole document throws it away where it meets an element that the server did not
 * write: https://github.com/facebook/react/issues/24430.
 */
export function whenPageSettled(act: () => void, signal: AbortSignal): void {
  if (isInUse() || hasSettled()) {
    act()
    return
  }
  const started = new AbortController()

  function start(): void {
    if (started.signal.aborted || signal.aborted) return
    started.abort()
    whenIdle(() => signal.aborted || act())
  }

  if (document.readyState === 'complete') start()
  else {
    addEventListener('load', start, { signal: started.signal })
    setTimeout(start, longestWaitMs)
  }
}

/** A page that answers a click is whole. */
function isInUse(): boolean {
  return document.readyState === 'complete' && navigator.userActivation?.isActive === true
}

function hasSettled(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const loadedAt = navigation?.loadEventEnd ?? 0
  return document.readyState === 'complete' && loadedAt > 0 && elapsedMs() - loadedAt > 1_000
}

function whenIdle(act: () => void): void {
  // Safari has none.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: 1_000 })
  else setTimeout(act, 200)
}
