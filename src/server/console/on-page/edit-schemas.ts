import * as z from 'zod/mini'
import { json, object } from '../../../schema/primitives.ts'

// What the editor on a page asks the companion, and what it is answered.

/** The body of `POST /v1/edit/session`. */
export const redeemedSchema = object({ code: z.string().check(z.minLength(1), z.maxLength(100)) })

/** The body of `PUT /v1/edit/draft`: `rev` is that of the draft on which the change was made. */
export const changedDraftSchema = object({ rev: z.int().check(z.nonnegative()), draft: json })

const mode = z.enum(['pick', 'edit', 'try'])
const rev = z.int()
/** Milliseconds since 1970. */
const expiresAt = z.int()
const refusal = { code: z.string(), message: z.string() }

export const pageTokenSchema = z.object({
  token: z.string(),
  expiresAt,
  tour: z.string(),
  step: z.optional(z.string()),
  mode,
})

export const pageDraftSchema = z.object({
  id: z.string(),
  rev,
  draft: json,
  step: z.optional(z.string()),
  mode,
  isLocked: z.boolean(),
  webhooks: z.array(
    z.object({
      id: z.string(),
      name: z.optional(z.string()),
      origin: z.string(),
      method: z.optional(z.string()),
      data: z.optional(json),
      body: z.optional(json),
    }),
  ),
  person: z.object({ name: z.string() }),
  expiresAt,
})

export const savedDraftSchema = z.object({ rev, draft: json, expiresAt })

export const clashSchema = z.object({
  error: z.object(refusal),
  rev,
  clashes: z.array(
    z.object({
      path: z.array(z.string()),
      base: z.optional(json),
      theirs: z.optional(json),
      yours: z.optional(json),
    }),
  ),
  draft: json,
  merged: json,
})

export const unfitDraftSchema = z.object({
  error: z.object({ ...refusal, path: z.optional(z.string()) }),
  problems: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
})
