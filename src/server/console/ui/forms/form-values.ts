import type { Context } from 'hono'
import { HttpError } from '../../../companion/http-error.ts'

/** What a form has sent. */
export interface FormValues {
  /** A field's text, or a file's, without spaces around it; empty when it wasn't sent. */
  text(name: string): string
  /** The same, with its spaces. */
  exact(name: string): string
  /** Every value of a name, such as of checkboxes. */
  all(name: string): string[]
  has(name: string): boolean
  /** How many entries `name.0`, `name.1`, … there are. */
  names(): string[]
}

/** The most that a form may send, in bytes: a large tour as JSON, twice. */
export const maxFormBytes = 1_048_576

/**
 * Reads a form.
 *
 * @throws {HttpError} 415 when it is none.
 */
export async function readFormValues(context: Context): Promise<FormValues> {
  const type = context.req.header('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    throw new HttpError(415, 'no_form', 'Send the form as application/x-www-form-urlencoded.')
  }
  const parsed = await context.req.parseBody({ all: true }).catch(() => {
    throw new HttpError(400, 'bad_form', 'The form could not be read; send it again.')
  })
  const values = new Map<string, string[]>()
  for (const [name, value] of Object.entries(parsed)) {
    const texts = (Array.isArray(value) ? value : [value]).map(async one =>
      cleaned(typeof one === 'string' ? one : await one.text()),
    )
    values.set(name, await Promise.all(texts))
  }
  const exact = (name: string) => values.get(name)?.at(-1) ?? ''
  return {
    exact,
    text: name => exact(name).trim(),
    all: name => values.get(name) ?? [],
    has: name => values.has(name),
    names: () => [...values.keys()],
  }
}

/** As the JSON API takes it: without what a database can't keep. A browser sends line breaks as CR LF. */
function cleaned(text: string): string {
  return text
    .replaceAll('\0', '')
    .replaceAll('\r\n', '\n')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}
