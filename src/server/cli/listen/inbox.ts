import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { checkSignature, type SignatureCheck } from './verify-signature.ts'

/** The largest body that is read, in bytes. */
const mostBytes = 1_048_576
/** How many ids are kept to recognise repeats, and how much of each. */
const keptIds = 10_000
const keptIdCharacters = 200

/** A webhook that came in. */
export interface Received {
  method: string
  path: string
  query: Record<string, string>
  /** Its `webhook-id`, or the message's own id. */
  id?: string
  signature: SignatureCheck
  /** This id has come before. */
  repeat: boolean
  /** JSON as a value, anything else as its text; absent when it was too large to be read. */
  body?: unknown
}

export interface InboxOptions {
  /** Verifies signatures. */
  secret: string | undefined
  /** What it answers. */
  status: number
  onReceived: (received: Received) => void
}

/** A receiver of webhooks, from servers and from pages of every origin. A body beyond 1 MB is not read, and answered 413. */
export function createInbox({ secret, status, onReceived }: InboxOptions): {
  fetch: (request: Request) => Response | Promise<Response>
} {
  // The oldest are dropped.
  const seen = new Set<string>()

  function isRepeat(id: string): boolean {
    const kept = id.slice(0, keptIdCharacters)
    if (seen.has(kept)) return true
    seen.add(kept)
    const [oldest] = seen
    if (seen.size > keptIds && oldest !== undefined) seen.delete(oldest)
    return false
  }

  const app = new Hono()
  app.use(cors({ origin: origin => origin, exposeHeaders: ['Retry-After'] }))
  app.on(['GET', 'POST', 'PUT', 'PATCH'], '*', async context => {
    const text = await readText(context.req.raw)
    const body = text === undefined ? undefined : parse(text)
    const id = context.req.header('webhook-id') ?? idOf(context, body)
    onReceived({
      method: context.req.method,
      path: context.req.path,
      query: context.req.query(),
      ...(id !== undefined && { id }),
      signature: checkSignature(
        { headers: context.req.raw.headers, body: signedText(context.req.raw, text) },
        secret,
      ),
      repeat: id !== undefined && isRepeat(id),
      ...(text !== undefined && { body }),
    })
    return new Response(null, { status: text === undefined ? 413 : status })
  })
  return app
}

/** The body, or `undefined` when it is larger than is read. */
async function readText(request: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** What a signature covers: of a GET its query, as it was sent. */
function signedText({ method, url }: Request, body = ''): string {
  return method === 'GET' ? new URL(url).search.slice(1) : body
}

/** The message's own: a browser's direct message has no `webhook-id`, and by GET it travels as a parameter. */
function idOf(context: Context, body: unknown): string | undefined {
  const id = Reflect.get(Object(body), 'id') ?? context.req.query('messageId')
  return typeof id === 'string' ? id : undefined
}

/** A page that has no other way sends JSON as text/plain, so the type says nothing. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // no JSON, which is an answer and no fault
  }
}
