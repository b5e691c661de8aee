import * as z from 'zod/mini'
import { optional } from '../primitives.ts'

/** Many deliveries that are sent again or cancelled in one go, however often companions restart meanwhile. */
export interface JobState {
  id: string
  kind: 'resend' | 'cancel'
  /** Who began it. */
  by: string
  /** ISO 8601. */
  createdAt: string
  /** ISO 8601; absent while it is running. */
  endedAt?: string | undefined
  state: 'running' | 'done' | 'stopped'
  /** How many matched when it began. */
  total: number
  /** How many have been changed. */
  done: number
  /** Why it was stopped, when nobody did. */
  problem?: string | undefined
}

export const jobStateSchema: z.ZodMiniType<JobState> = z.looseObject({
  id: z.string(),
  kind: z.enum(['resend', 'cancel']),
  by: z.string(),
  createdAt: z.iso.datetime(),
  endedAt: optional('Absent while it is running.', z.iso.datetime()),
  state: z.enum(['running', 'done', 'stopped']),
  total: z.int(),
  done: z.int(),
  problem: optional('Why it was stopped, when nobody did.', z.string()),
})
