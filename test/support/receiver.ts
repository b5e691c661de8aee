import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
// Not the globals: a test that winds the clock must not stop the receiver's.
import { clearTimeout, setTimeout } from 'node:timers'

/** How far the receiver goes along with a browser's cross-origin rules. */
export type Cors =
  /** Reflects the origin and the asked headers, exposes `Retry-After`. */
  | 'full'
  /** Says nothing about origins and refuses `OPTIONS`. */
  | 'none'
  /** Answers `OPTIONS` as `full` does, the request itself as `none` does. */
  | 'preflight-only'
  /** As `full`, but of the headers allows `content-type` alone. */
  | 'no-headers'
  /** Takes `OPTIONS` and never answers it; the rest as `none`. */
  | 'hang'

/** `hang` never answers, `drop` destroys the socket; both after the request has arrived. */
export type Answer =
  | { status: number; headers?: Record<string, string>; body?: string; delayMs?: number }
  | 'hang'
  | 'drop'

export interface Script {
  /** The path this is for; without it, every path that has no script of its own. */
  path?: string
  /** @default 'full' */
  cors?: Cors
  /** Used up one a request, before `answer`. */
  answers?: Answer[]
  /** @default { status: 200 } */
  answer?: Answer
}

export interface ReceivedRequest {
  method: string
  path: string
  /** The path and the query as they were sent. */
  url: string
  query: Record<string, string>
  headers: IncomingHttpHeaders
  body: string
  /** The parsed body, `undefined` if it is no JSON. */
  json: unknown
  /** ms since the epoch */
  arrivedAt: number
}

export interface Receiver {
  /** @default host '127.0.0.1'; `localhost` is the same server as another origin */
  url(path?: string, host?: 'localhost' | '127.0.0.1'): string
  /** What arrived whole, in order, without the preflights. */
  readonly requests: readonly ReceivedRequest[]
  readonly preflights: readonly ReceivedRequest[]
  /** Changes what is given, leaves the rest. */
  script(script: Script): void
  /** The requests, once at least `count` of them have arrived. @default timeoutMs 5000 */
  arrived(count: number, options?: { path?: string; timeoutMs?: number }): Promise<readonly ReceivedRequest[]>
  /** Forgets what arrived; scripts stay. */
  clear(): void
  /** Refuses connections until `up()`, and cuts the open ones. */
  down(): Promise<void>
  up(): Promise<void>
  close(): Promise<void>
}

/** A real HTTP server that records what arrives and answers by script. */
export async function createReceiver(options: Omit<Script, 'path'> = {}): Promise<Receiver> {
  const scripts = new Map<string | undefined, Script>()
  const watchers = new Set<() => void>()
  let requests: ReceivedRequest[] = []
  let preflights: ReceivedRequest[] = []

  const script = (changes: Script) => {
    const { path, answers } = changes
    scripts.set(path, { ...scripts.get(path), ...changes, ...(answers && { answers: [...answers] }) })
  }
  const corsFor = (path: string) => scripts.get(path)?.cors ?? scripts.get(undefined)?.cors ?? 'full'
  const answerFor = (path: string): Answer => {
    const [own, common] = [scripts.get(path), scripts.get(undefined)]
    return own?.answers?.shift() ?? own?.answer ?? common?.answers?.shift() ?? common?.answer ?? { status: 200 }
  }

  const server = createServer(async (request, response) => {
    const received = await receive(request)
    if (received === undefined) return
    const cors = corsFor(received.path)
    if (received.method === 'OPTIONS') {
      preflights.push(received)
      if (cors === 'hang') return
      response.writeHead(cors === 'none' ? 405 : 204, preflightHeaders(cors, request.headers)).end()
      return
    }
    requests.push(received)
    for (const check of watchers) check()
    reply(response, answerFor(received.path), corsHeaders(cors, request.headers))
  })
  const listen = async (port: number) => {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return (server.address() as AddressInfo).port
  }
  const down = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }

  script(options)
  const port = await listen(0)

  return {
    url: (path = '/', host = '127.0.0.1') => `http://${host}:${port}${path}`,
    get requests() {
      return requests
    },
    get preflights() {
      return preflights
    },
    script,
    arrived(count, { path, timeoutMs = 5_000 } = {}) {
      const wanted = () => requests.filter(request => path === undefined || request.path === path)
      return new Promise((resolve, reject) => {
        const check = () => {
          if (wanted().length >= count) settle(() => resolve(wanted()))
        }
        const settle = (finish: () => void) => {
          clearTimeout(timer)
          watchers.delete(check)
          finish()
        }
        const timer = setTimeout(() => {
          const missing = `${wanted().length} of ${count} requests${path ? ` to ${path}` : ''} after ${timeoutMs} ms`
          settle(() => reject(new Error(`${missing}. Arrived:\n${list([...preflights, ...requests])}`)))
        }, timeoutMs)
        watchers.add(check)
        check()
      })
    },
    clear() {
      requests = []
      preflights = []
    },
    down,
    async up() {
      await listen(port)
    },
    close: down,
  }
}

/** `undefined` when the sender went away in the middle of the body. */
async function receive(request: IncomingMessage): Promise<ReceivedRequest | undefined> {
  const body = await text(request).catch(() => undefined)
  if (body === undefined) return undefined
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://receiver')
  return {
    method: request.method ?? '',
    path: pathname,
    url: request.url ?? '/',
    query: Object.fromEntries(searchParams),
    headers: request.headers,
    body,
    json: parse(body),
    arrivedAt: Date.now(),
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // not JSON, which is an answer and no fault
  }
}

function reply(response: ServerResponse, answer: Answer, headers: Record<string, string>) {
  if (answer === 'hang') return
  if (answer === 'drop') return response.destroy()
  const send = () => response.writeHead(answer.status, { ...headers, ...answer.headers }).end(answer.body)
  if (answer.delayMs === undefined) return send()
  setTimeout(send, answer.delayMs).unref()
}

function corsHeaders(cors: Cors, { origin }: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined || cors === 'none' || cors === 'preflight-only') return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Retry-After',
    vary: 'Origin',
  }
}

function preflightHeaders(cors: Cors, headers: IncomingHttpHeaders): Record<string, string> {
  if (cors === 'none') return {}
  const asked = headers['access-control-request-headers']
  return {
    ...corsHeaders('full', headers),
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': cors === 'no-headers' ? 'content-type' : (asked ?? ''),
    // Chromium would keep the answer for five seconds, and a second preflight would be missing.
    'access-control-max-age': '0',
  }
}

function list(requests: readonly ReceivedRequest[]): string {
  if (requests.length === 0) return '  nothing'
  return requests.map(({ method, path, body }) => `  ${method} ${path} ${body.slice(0, 200)}`).join('\n')
}
