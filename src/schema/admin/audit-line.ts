import * as z from 'zod/mini'
import type { Json } from '../../values/json.ts'
import { json, optional } from '../primitives.ts'

/** One thing that somebody did. */
export interface AuditLine {
  /** Its place in the list. */
  number: number
  /** ISO 8601. */
  at: string
  by: string
  role: string
  /** The console, this API, or the editor on a page. */
  via: 'console' | 'api' | 'page'
  /** Such as `changed it`. */
  action: string
  /** What it was done to, such as `tours/welcome`. */
  target: string
  /** What changed, without secrets. */
  details?: Json | undefined
}

export const auditLineSchema: z.ZodMiniType<AuditLine> = z.looseObject({
  number: z.int(),
  at: z.iso.datetime(),
  by: z.string(),
  role: z.string(),
  via: z.enum(['console', 'api', 'page']),
  action: z.string(),
  target: z.string(),
  details: optional('What changed, without secrets.', json),
})
