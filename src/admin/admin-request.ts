import ky, { HTTPError } from 'ky'
import type { Json } from '../values/json.ts'
import { retryAfterMs } from '../values/retry-after.ts'
import { type AdminErrorDetails, adminErrorOf } from './admin-error.ts'

export interface AdminConnection {
  /** Where the companion is: `https://tours.example.com`, with the path it is mounted at. */
  url: string
  /** Its admin token. */
  token: string
  /**
   * How long a request may take, in milliseconds.
   * @default 30_000
   */
  timeoutMs?: number | undefined
  /**
   * What requests go through.
   * @default the global one
   */
  fetch?: typeof fetch | undefined
}

export interface AdminCall {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined
  query?: Readonly<Record<string, string | number | undefined>> | undefined
  json?: unknown
}

/** Asks the companion's `/v1/admin/…`; resolves with the answer's JSON, `undefined` for none. */
export type AdminRequest = (path: string, call?: AdminCall) => Promise<Json | undefined>

/**
 * Requests through ky: what only reads is tried again where that can help, what changes something is not.
 *
 * @throws {TypeError} when there is no address, or no token.
 */
export function createAdminRequest({ url, token, timeoutMs = 30_000, fetch }: AdminConnection): AdminRequest {
  if (!URL.canParse(url)) {
    throw new TypeError(
      `url: expected the address of a companion, such as "https://tours.example.com", got ${url}`,
    )
  }
  if (typeof token !== 'string') throw new TypeError('token: expected a text')
  const api = ky.create({
    prefixUrl: `${url.replace(/\/+$/, '')}/v1/admin`,
    headers: { authorization: `Bearer ${token}` },
    timeout: timeoutMs,
    retry: { limit: 2, methods: ['get'], statusCodes: [429, 502, 503, 504], maxRetryAfter: 10_000 },
    ...(fetch && { fetch }),
  })

  return async (path, { method = 'GET', query = {}, json } = {}) => {
    try {
      const searchParams = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      )
      const response = await api(path, { method, searchParams, ...(json !== undefined && { json }) })
      const text = await response.text()
      return text === '' ? undefined : JSON.parse(text)
    } catch (error) {
      // Without it as the cause: it holds the request, and so the token.
      if (error instanceof HTTPError) throw adminErrorOf(await detailsOf(error.response))
      throw error
    }
  }
}

async function detailsOf(response: Response): Promise<AdminErrorDetails> {
  const { status, statusText, headers } = response
  const answer: unknown = await response.json().catch(() => undefined) // no JSON: a proxy between has answered
  const { code = 'unknown', message = statusText, path, ...details } = Object(Object(answer).error)
  return {
    status,
    code: String(code),
    message: String(message) || `the answer's status is ${status}`,
    path: path === undefined ? undefined : String(path),
    retryAfterMs: retryAfterMs(headers.get('retry-after')),
    details,
  }
}
