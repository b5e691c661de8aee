import type { DocumentClash } from '../schema/admin/document-state.ts'
import type { Json } from '../values/json.ts'

/** What a companion answers when it turns a request away. */
export interface AdminErrorDetails {
  /** The answer's HTTP status. */
  status: number
  /** The reason as a code, for programs: `unknown_webhook`. */
  code: string
  /** A sentence for a person. */
  message: string
  /** What in the request is wrong: `events[0]`. */
  path?: string | undefined
  /** How long to wait before asking again, in milliseconds, where the companion says so. */
  retryAfterMs?: number | undefined
  /** What else the companion says, such as all `problems`, or `clashes`. */
  details?: Readonly<Record<string, unknown>> | undefined
}

/** The companion has refused, or could not do, what it was asked. */
export class AdminError extends Error implements AdminErrorDetails {
  override name = 'AdminError'
  readonly status: number
  readonly code: string
  readonly path: string | undefined
  readonly retryAfterMs: number | undefined
  readonly details: Readonly<Record<string, unknown>>

  constructor({ status, code, message, path, retryAfterMs, details = {} }: AdminErrorDetails) {
    super(message)
    this.status = status
    this.code = code
    this.path = path
    this.retryAfterMs = retryAfterMs
    this.details = details
  }
}

/** 401, 403: the token is missing, wrong, or not allowed to do this. */
export class AccessError extends AdminError {
  override name = 'AccessError'
}

/** 404: nothing has this id, or the log has forgotten it. */
export class NotFoundError extends AdminError {
  override name = 'NotFoundError'
}

/** 409: it stands in the config, its id is taken, or somebody was quicker. */
export class ConflictError extends AdminError {
  override name = 'ConflictError'
}

/** 409: somebody else has changed the same since the draft's `rev`. Nothing was kept. */
export class ClashError extends ConflictError {
  override name = 'ClashError'
  /** Each place that both have changed. */
  readonly clashes: readonly DocumentClash[]
  /** All that does not clash, from both, with theirs where it does. To be saved, with the choices in it, with `rev`. */
  readonly merged: Json
  /** The draft's present rev. */
  readonly rev: number

  constructor(details: AdminErrorDetails) {
    super(details)
    const { clashes = [], merged = null, rev = 0 } = this.details
    this.clashes = clashes as DocumentClash[]
    this.merged = merged as Json
    this.rev = Number(rev)
  }
}

/** 400, 413, 415, 422: what was sent is not as described; `path` says where. */
export class InvalidError extends AdminError {
  override name = 'InvalidError'
}

/** 429, 503: ask again later, after `retryAfterMs`. */
export class UnavailableError extends AdminError {
  override name = 'UnavailableError'
}

/** The error for a refusal, by its status. */
export function adminErrorOf(details: AdminErrorDetails): AdminError {
  return new (details.code === 'clash' ? ClashError : classOf(details.status))(details)
}

function classOf(status: number): typeof AdminError {
  switch (status) {
    case 401:
    case 403:
      return AccessError
    case 404:
      return NotFoundError
    case 409:
      return ConflictError
    case 400:
    case 413:
    case 415:
    case 422:
      return InvalidError
    case 429:
    case 503:
      return UnavailableError
    default:
      return AdminError
  }
}
