import { companionUrl } from '../../delivery/request.ts'
import type { Tour } from '../../schema/tour.ts'
import type { Webhook } from '../../schema/webhook.ts'
import type { Json } from '../../values/json.ts'

/** What an author does on the page: pick a step's element, edit the step, or try the whole tour. */
export type OnPageMode = 'pick' | 'edit' | 'try'

/** A webhook as a page may know it: of its address, the origin. */
export interface KnownWebhook extends Pick<Webhook, 'id' | 'name' | 'method' | 'data' | 'body'> {
  origin: string
}

/** What `GET /v1/edit/draft` answers. */
export interface ShownDraft {
  id: string
  rev: number
  draft: Tour
  /** The step that the link is about. */
  step?: string
  mode: OnPageMode
  /** It stands in the config file, and is changed there. */
  isLocked: boolean
  webhooks: KnownWebhook[]
  person: { name: string }
}

/** What somebody else has changed in the meantime, too. */
export interface PageClash {
  /** Keys, and the ids of what is in lists. */
  path: string[]
  theirs?: Json
  yours?: Json
}

export type SaveResult =
  | { kind: 'saved'; rev: number; draft: Tour }
  /** `merged` has all but the clashes, which stand there as `theirs`. */
  | { kind: 'clash'; message: string; rev: number; merged: Tour; clashes: PageClash[] }
  | { kind: 'refused'; message: string; problems: { path: string; message: string }[] }

/** The companion, for the one draft that a token is for. */
export interface DraftClient {
  /** @throws {Error} (rejects) with a sentence for the author; an {@link EndedError} when the token is good for nothing. */
  read(): Promise<ShownDraft>
  /** @throws {Error} (rejects) with a sentence for the author. */
  save(rev: number, draft: Tour): Promise<SaveResult>
  /** Ends what the token is good for. */
  end(): Promise<void>
}

/** The companion no longer takes the token. */
export class EndedError extends Error {
  override name = 'EndedError'
}

interface Answer {
  status: number
  body: { error?: { message?: string } } & Record<string, unknown>
}

export function createDraftClient(server: string, token: string): DraftClient {
  const headers = { authorization: `Bearer ${token}` }

  return {
    async read() {
      const { body } = fine(await ask(server, 'edit/draft', { headers }))
      return body as unknown as ShownDraft
    },
    async save(rev, draft) {
      const answer = await ask(server, 'edit/draft', { method: 'PUT', headers, body: { rev, draft } })
      const { status, body } = answer
      const message = body.error?.message ?? ''
      if (status === 409 && 'clashes' in body) {
        const { rev, merged, draft, clashes } = body as unknown as Clashed
        return { kind: 'clash', message, rev, merged: merged ?? draft, clashes }
      }
      if (status === 422) {
        return {
          kind: 'refused',
          message,
          problems: (body.problems ?? []) as { path: string; message: string }[],
        }
      }
      return { kind: 'saved', ...(fine(answer).body as unknown as { rev: number; draft: Tour }) }
    },
    async end() {
      await ask(server, 'edit/session', { method: 'DELETE', headers })
    },
  }
}

interface Clashed {
  rev: number
  draft: Tour
  merged: Tour | null
  clashes: PageClash[]
}

/**
 * Exchanges the code of a console's link for a token.
 *
 * @throws {Error} (rejects) with a sentence for the author: used, too old, or for another site.
 */
export async function redeemCode(server: string, code: string): Promise<string> {
  const { body } = fine(await ask(server, 'edit/session', { method: 'POST', body: { code } }))
  return String(body.token)
}

async function ask(
  server: string,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown },
): Promise<Answer> {
  try {
    const response = await fetch(companionUrl(path, { server }), {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'omit',
      cache: 'no-store',
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  } catch (cause) {
    const hint = 'is it running, and does the page’s Content-Security-Policy allow it in connect-src?'
    throw new Error(`The companion at ${new URL(server, location.href).origin} can’t be reached: ${hint}`, {
      cause,
    })
  }
}

/** @throws {Error} with the companion's own sentence. */
function fine(answer: Answer): Answer {
  if (answer.status < 400) return answer
  const message = answer.body.error?.message ?? `The companion has answered ${answer.status}.`
  throw new ([401, 403, 404].includes(answer.status) ? EndedError : Error)(message)
}
