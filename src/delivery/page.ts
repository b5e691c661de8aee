export interface PageListeners {
  /** The page is being left; it may come back from the back/forward cache. */
  onLeave(): void
  /** The page is back, shown again, or online again. */
  onReturn(): void
}

export interface Page {
  /** The directive of the page's Content-Security-Policy that has blocked a request to this origin, if one has. */
  blockedBy(origin: string): Promise<string | undefined>
  /** Whether the page's Cross-Origin-Embedder-Policy hides answers without CORS of this origin. */
  hidesAnswers(origin: string): boolean
  /** Stops watching. */
  stop(): void
}

/** Watches the page's life: the one place that listens to `window` and `document`. */
export function watchPage({ onLeave, onReturn }: PageListeners): Page {
  // By origin, since a page may break its policies without end.
  const blocked = new Map<string, string>()
  const hidden = new Set<string>()
  const listeners = new AbortController()
  const { signal } = listeners

  // Never `unload`: it alone keeps a page out of the back/forward cache.
  addEventListener('pagehide', onLeave, { signal })
  addEventListener('pageshow', onReturn, { signal })
  addEventListener('online', onReturn, { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && onReturn(), {
    signal,
  })
  document.addEventListener(
    'securitypolicyviolation',
    ({ disposition, blockedURI, effectiveDirective }) =>
      disposition === 'enforce' && blocked.set(originOf(blockedURI), effectiveDirective),
    { signal },
  )

  // Firefox does not report them: there the policy is known where it isolates the page.
  const observer =
    'ReportingObserver' in window
      ? new ReportingObserver(reports => reports.map(report => hidden.add(originOf(urlOf(report)))), {
          types: ['coep'],
        })
      : undefined
  observer?.observe()

  return {
    hidesAnswers: origin => window.crossOriginIsolated === true || hidden.has(origin),
    async blockedBy(origin) {
      // Violations and reports are announced in tasks of their own, which may come after the fetch's rejection.
      await new Promise(resolve => setTimeout(resolve, 50))
      return blocked.get(origin)
    },
    stop() {
      listeners.abort()
      observer?.disconnect()
    },
  }
}

/** Of a report of the type `coep`. */
interface BlockedBody extends ReportBody {
  toJSON(): { blockedURL?: string }
}

/** In Chromium only its JSON has the address. */
function urlOf({ body }: Report): string {
  return (body as BlockedBody | null)?.toJSON().blockedURL ?? ''
}

/** What a report says may be no address, such as `inline`. */
function originOf(url: string): string {
  return url.split('/', 3).join('/')
}
