import { isIP } from 'node:net'
import type { Answer, Egress, Outgoing } from './egress.ts'
import { isAboutAddress } from './failure-reasons.ts'

/** Whether a browser can post to an endpoint, and so which `transport` to write. */
export interface Probe {
  /** The transport to write into the config. */
  transport: 'cors' | 'simple' | 'relay'
  /** A sentence for a person. */
  reason: string
  /** The status of the answer to the preflight. */
  status: number
}

export interface ProbeOptions {
  /** The site that would post. @default 'https://example.com' */
  origin?: string | undefined
  /** Names of extra request headers, `authorization` among them. @default [] */
  headers?: readonly string[] | undefined
}

/**
 * Asks an endpoint as a browser's preflight would (Fetch standard, section 4.8).
 *
 * @throws {Error} (rejects) when no answer comes.
 */
export async function probeEndpoint(
  egress: Egress,
  url: string,
  { origin = 'https://example.com', headers = [] }: ProbeOptions = {},
): Promise<Probe> {
  const needed = ['content-type', ...headers.map(header => header.toLowerCase())]
  const answer = await ask(egress, {
    url,
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': needed.join(','),
    },
  })
  const { status } = answer
  const refusal = refusalOf(answer, origin, needed)
  if (refusal === undefined) {
    return {
      transport: 'cors',
      reason: 'the preflight passes: a browser can post JSON and read the answer',
      status,
    }
  }
  if (headers.length > 0) {
    return { transport: 'relay', reason: `${refusal}, and extra headers have no simple form`, status }
  }
  return { transport: 'simple', reason: `${refusal}: a browser can post text, and not read the answer`, status }
}

/** Whoever may probe must not learn by it which names an internal name server knows. */
async function ask(egress: Egress, request: Outgoing): Promise<Answer> {
  try {
    return await egress.send(request)
  } catch (error) {
    const { origin, hostname } = new URL(request.url)
    const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0
    if (!isName || !(error instanceof Error) || !isAboutAddress(error.cause)) throw error
    // No cause: it would say which of the two it is.
    throw new Error(`${origin}: its name does not resolve, or resolves to an address that is not public`)
  }
}

function refusalOf({ status, headers }: Answer, origin: string, needed: readonly string[]): string | undefined {
  if (status < 200 || status > 299) return `the preflight is answered ${status}`
  const allowedOrigin = String(headers['access-control-allow-origin'] ?? '')
  if (allowedOrigin !== '*' && allowedOrigin !== origin) return `the preflight does not allow ${origin}`
  const allowed = String(headers['access-control-allow-headers'] ?? '')
    .toLowerCase()
    .split(',')
    .map(header => header.trim())
  // The wildcard does not stand for Authorization.
  const missing = needed.find(
    header => !allowed.includes(header) && (header === 'authorization' || !allowed.includes('*')),
  )
  return missing === undefined ? undefined : `the preflight does not allow the header ${missing}`
}
