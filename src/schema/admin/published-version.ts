import * as z from 'zod/mini'
import type { Json } from '../../values/json.ts'
import { json } from '../primitives.ts'

/** What was published at one moment, as the admin API lists it. */
export interface PublishedVersion {
  /** Counted from 1. */
  number: number
  /** ISO 8601. */
  at: string
  by: string
  note: string
}

/** One with its content: a config without webhooks. */
export interface PublishedVersionDetail extends PublishedVersion {
  config: Json
}

const heading = { number: z.int(), at: z.iso.datetime(), by: z.string(), note: z.string() }

export const publishedVersionSchema: z.ZodMiniType<PublishedVersion> = z.looseObject(heading)

export const publishedVersionDetailSchema: z.ZodMiniType<PublishedVersionDetail> = z.looseObject({
  ...heading,
  config: json,
})
