import { once } from 'node:events'
import { type IncomingMessage, request as makeRequest, type RequestOptions } from 'node:http'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'

export interface PageFetch {
  (url: string, init?: RequestInit): Promise<Response>
  /** What was asked for with `keepalive`, in order. */
  readonly keptAlive: readonly boolean[]
  /** Offline, nothing gets out. */
  setOnline(online: boolean): void
  /** Resolves when every request has its answer, and what follows from it has happened. */
  idle(): Promise<void>
}

/** What a page may send without asking the endpoint first (Fetch, "CORS-safelisted"). */
const safeHeaders = new Set(['accept', 'accept-language', 'content-language'])
const safeTypes = /^(text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)\b/
const keepaliveBudget = 65_536

/**
 * `fetch` with a browser's cross-origin rules, over real HTTP: preflights, opaque and unreadable answers, hidden
 * headers, the keepalive budget. happy-dom's own preflights simple requests, too, and knows no opaque answer.
 */
export function createPageFetch(): PageFetch {
  const pending = new Set<Promise<unknown>>()
  const keptAlive: boolean[] = []
  let budget = keepaliveBudget
  let isOnline = true

  async function send(address: string, init: RequestInit): Promise<Response> {
    const request = new Request(address, init)
    const { url, method, mode, signal } = request
    const { protocol, username } = new URL(url)
    if (!isOnline || !/^https?:$/.test(protocol) || username) throw new TypeError('Failed to fetch')
    const body = method === 'GET' ? '' : await request.text()
    const size = init.keepalive ? Buffer.byteLength(body) : 0
    if (size > budget) throw new TypeError('Failed to fetch')
    budget -= size
    try {
      const headers = sentHeaders(request)
      if (mode !== 'no-cors') await preflight(url, method, headers, signal)
      const answer = await exchange(url, { method, headers }, body, signal)
      const { location: next } = answer.headers
      const isRedirect = answer.statusCode >= 300 && answer.statusCode < 400 && next !== undefined
      if (mode === 'no-cors') {
        // A POST becomes an empty GET.
        if (isRedirect) await exchange(new URL(next, url).href, { method: 'GET', headers }, '', signal)
        return filtered('opaque')
      }
      if (!allows(answer, 'origin', location.origin)) throw new TypeError('Failed to fetch')
      if (isRedirect && init.redirect === 'manual') return filtered('opaqueredirect')
      const response = new Response(answer.body || null, {
        status: answer.statusCode,
        headers: readableHeaders(answer),
      })
      return Object.defineProperties(response, { type: { value: 'cors' }, url: { value: url } })
    } finally {
      budget += size
    }
  }

  const fetch = (url: string, init: RequestInit = {}) => {
    keptAlive.push(init.keepalive ?? false)
    const answer = send(url, init)
    const settled = answer.catch(() => 'its caller hears of it').finally(() => pending.delete(settled))
    pending.add(settled)
    return answer
  }

  return Object.assign(fetch, {
    keptAlive,
    setOnline(online: boolean) {
      isOnline = online
    },
    async idle() {
      do {
        await Promise.all(pending)
        for (let turn = 0; turn < 5; turn += 1) await setImmediate()
      } while (pending.size > 0)
    },
  })
}

interface Answer {
  statusCode: number
  headers: IncomingMessage['headers']
  body: string
}

async function exchange(
  url: string,
  { method = 'GET', headers }: RequestOptions,
  body: string,
  signal: AbortSignal,
): Promise<Answer> {
  // A connection of its own, so that none is left open to an endpoint that goes down.
  const request = makeRequest(url, { method, headers, agent: false })
  const abort = () => request.destroy()
  signal.addEventListener('abort', abort)
  try {
    if (signal.aborted) abort()
    request.end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return {
      statusCode: response.statusCode ?? 0,
      headers: response.headers,
      body: await text(response),
    }
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw new TypeError('Failed to fetch', { cause })
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function sentHeaders({ headers, mode, method }: Request): Record<string, string> {
  const sent: Record<string, string> = { origin: location.origin }
  headers.forEach((value, name) => {
    if (mode !== 'no-cors' || isSafe(name, value)) sent[name] = value
  })
  if (method === 'POST') sent['content-type'] ??= 'text/plain;charset=UTF-8'
  return sent
}

async function preflight(
  url: string,
  method: string,
  { origin = '', ...headers }: Record<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const asked = Object.keys(headers)
    .filter(name => !isSafe(name, headers[name] ?? ''))
    .sort()
  if (asked.length === 0) return
  const answer = await exchange(
    url,
    {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': asked.join(','),
      },
    },
    '',
    signal,
  )
  const isOk = answer.statusCode >= 200 && answer.statusCode < 300
  if (!isOk || !allows(answer, 'origin', origin) || !asked.every(name => allows(answer, 'headers', name))) {
    throw new TypeError('Failed to fetch')
  }
}

function isSafe(name: string, value: string): boolean {
  return safeHeaders.has(name) || (name === 'content-type' && safeTypes.test(value))
}

function allows({ headers }: Answer, what: 'origin' | 'headers', value: string): boolean {
  const allowed = String(headers[`access-control-allow-${what}`] ?? '')
  return allowed.split(/,\s*/).some(one => one === '*' || one.toLowerCase() === value.toLowerCase())
}

function readableHeaders({ headers }: Answer): Record<string, string> {
  const exposed = String(headers['access-control-expose-headers'] ?? '').toLowerCase()
  const names = ['content-type', 'content-length', ...exposed.split(/,\s*/)]
  return Object.fromEntries(
    names.flatMap(name => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  )
}

/** An answer of which a page may see nothing. */
function filtered(type: ResponseType): Response {
  return Object.defineProperties(new Response(), {
    type: { value: type },
    status: { value: 0 },
    ok: { value: false },
  })
}
