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
  const violations: SecurityPolicyViolationEvent[] = []
  const hidden: string[] = []
  const listeners = new AbortController()
  const { signal } = listeners

  // Never `unload`: it alone keeps a page out of the back/forward cache.
  addEventListener('pagehide', onLeave, { signal })
  addEventListener('pageshow', onReturn, { signal })
  addEventListener('online', onReturn, { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && onReturn(), {
    signal,
  })
  document.addEventListener('securitypolicyviolation', violation => violations.push(violation), { signal })

  // Firefox does not report them: there the policy is known where it isolates the page.
  const observer =
    'ReportingObserver' in window
      ? new ReportingObserver(reports => hidden.push(...reports.map(urlOf)), { types: ['coep'] })
      : undefined
  observer?.observe()

  return {
    hidesAnswers: origin => window.crossOriginIsolated === true || hidden.some(url => url.startsWith(origin)),
    async blockedBy(origin) {
      // Violations and reports are announced in tasks of their own, which may come after the fetch's rejection.
      await new Promise(resolve => setTimeout(resolve, 50))
      const isCause = ({ disposition, blockedURI }: SecurityPolicyViolationEvent) =>
        disposition === 'enforce' && blockedURI.startsWith(origin)
      return violations.find(isCause)?.effectiveDirective
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
