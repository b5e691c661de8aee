import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { checkSignature, type SignatureCheck } from './verify-signature.ts'

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
  /** JSON as a value, anything else as its text. */
  body: unknown
}

export interface InboxOptions {
  /** Verifies signatures. */
  secret: string | undefined
  /** What it answers. */
  status: number
  onReceived: (received: Received) => void
}

/** A receiver of webhooks, from servers and from pages of every origin. */
export function createInbox({ secret, status, onReceived }: InboxOptions): {
  fetch: (request: Request) => Response | Promise<Response>
} {
  // Ids are kept to recognise repeats, not for ever: the oldest are dropped.
  const seen = new Set<string>()

  function isRepeat(id: string): boolean {
    if (seen.has(id)) return true
    seen.add(id)
    const [oldest] = seen
    if (seen.size > 10_000 && oldest !== undefined) seen.delete(oldest)
    return false
  }

  const app = new Hono()
  app.use(cors({ origin: origin => origin, exposeHeaders: ['Retry-After'] }))
  app.on(['GET', 'POST', 'PUT', 'PATCH'], '*', async context => {
    const text = await context.req.text()
    const body = parse(text)
    const id = context.req.header('webhook-id') ?? idOf(context, body)
    onReceived({
      method: context.req.method,
      path: context.req.path,
      query: context.req.query(),
      ...(id !== undefined && { id }),
      signature: checkSignature({ headers: context.req.raw.headers, body: text }, secret),
      repeat: id !== undefined && isRepeat(id),
      body,
    })
    return new Response(null, { status })
  })
  return app
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
