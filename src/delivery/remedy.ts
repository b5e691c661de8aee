import type { Webhook } from '../schema/webhook.ts'
import type { SendOutcome } from './outcome.ts'

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
  outcome: SendOutcome,
  { origin, webhook: { headers, auth }, hasHung, directive }: RemedyContext,
): string | undefined {
  const orRelay = headers || auth ? '; headers and auth may need "transport": "relay"' : ''
  switch (outcome.kind) {
    case 'redirected':
      return `${origin} redirects, which is not followed: write its final address as "url"${outcome.address ?? ''}`
    case 'unanswered':
      return outcome.cause
        ? `the page's own fetch threw, and ${origin} may have the message: give Tourhook another as "fetch"`
        : `the page's Cross-Origin-Embedder-Policy hides the answer of ${origin}: it needs CORS, Cross-Origin-Resource-Policy or "transport": "relay"`
    case 'unavailable':
      if (outcome.reason === 'intercepted') {
        return `a service worker answers in place of ${origin}: let it pass requests to there`
      }
      return outcome.reason === 'timeout' ? `${origin} does not answer within 10 s${orRelay}` : undefined
    case 'unreachable':
      return `${origin} ${directive ? `is blocked by the page's ${directive}` : 'is unreachable'}${orRelay}`
    default:
      return hasHung ? `${origin} does not answer a preflight: write "transport": "simple"` : undefined
  }
}
