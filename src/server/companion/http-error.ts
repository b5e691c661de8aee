/** Why a request is turned away; it becomes the answer `{ "error": { "code", "message", "path" } }`. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 503
  /** The reason as a code, for programs: `bad_json`. */
  readonly code: string
  /** What in the body is wrong: `events[0].id`. */
  readonly path: string | undefined
  /** What else a program may want to know; it stands beside `code`. */
  readonly details: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: HttpError['status'],
    code: string,
    message: string,
    {
      path,
      details = {},
      headers = {},
    }: { path?: string; details?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.path = path
    this.details = details
    this.headers = headers
  }
}
