import type { Webhook } from '../schema/webhook.ts'
import type { Outcome } from './outcome.ts'

export interface RemedyContext {
  /** The endpoint's. */
  origin: string
  webhook: Webhook
  /** JSON with CORS had no answer before. */
  hasHung: boolean
  /** The directive of the page's policy that blocks it. */
  directive?: string | undefined
}

/** What is wrong and what its author can do, where an outcome is not the endpoint's own word; else `undefined`. */
export function remedyFor(
  { reason, address, cause }: Outcome,
  { origin, webhook: { headers, auth }, hasHung, directive }: RemedyContext,
): string | undefined {
  const orRelay = headers || auth ? '; headers and auth may need "transport": "relay"' : ''
  switch (reason) {
    case 'refused':
      return address === undefined
        ? undefined
        : `${origin} redirects, which is not followed: write its final address as "url"${address}`
    case 'unanswered':
      return cause
        ? `the page's own fetch threw, and ${origin} may have the message: give Tourhook another as "fetch"`
        : `the page's Cross-Origin-Embedder-Policy hides the answer of ${origin}: it needs CORS, Cross-Origin-Resource-Policy or "transport": "relay"`
    case 'intercepted':
      return `a service worker answers in place of ${origin}: let it pass requests to there`
    case 'timeout':
      return `${origin} does not answer within 10 s${orRelay}`
    case 'blocked':
      return `${origin} is blocked by the page's ${directive}${orRelay}`
    case 'unreachable':
      return `${origin} is unreachable${orRelay}`
    default:
      return hasHung ? `${origin} does not answer a preflight: write "transport": "simple"` : undefined
  }
}
