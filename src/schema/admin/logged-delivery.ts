import * as z from 'zod/mini'
import type { Json } from '../../values/json.ts'
import { json, object, optional } from '../primitives.ts'

/** One attempt at an endpoint, as the admin API shows it. */
export interface LoggedAttempt {
  /** When it began, ISO 8601. */
  at: string
  /** How long it took, in milliseconds. */
  durationMs: number
  /** The answer's status; absent when none came. */
  status?: number | undefined
  /** Why no answer came, in words. */
  error?: string | undefined
  /** The first 2 kB of the answer, without what is secret. */
  answer?: string | undefined
}

/** One message on its way to one webhook, as the admin API shows it. */
export interface LoggedDelivery {
  /** The message's id, the same on every retry. */
  id: string
  /** The webhook's id. */
  webhook: string
  /** What is, or was, to be sent. */
  message: Json
  /** Still to be sent, arrived, or given up. */
  state: 'pending' | 'delivered' | 'failed'
  /** How it stands, in words. */
  summary: string
  /** When it was queued, ISO 8601. */
  createdAt: string
  /** When it is tried next, ISO 8601; present while it is pending. */
  nextAttemptAt?: string | undefined
  /** Every attempt, the oldest first. */
  attempts: LoggedAttempt[]
}

/** The attempts of one hour at one webhook that had one outcome. */
export interface HourlyCount {
  /** The hour's start, ISO 8601. */
  hour: string
  /** The webhook's id. */
  webhook: string
  /** `retried` failed, and will be tried again. */
  outcome: 'delivered' | 'failed' | 'retried'
  /** How many there were. */
  attempts: number
  /** How long all of them took together, in milliseconds. */
  durationMs: number
}

export const loggedAttemptSchema: z.ZodMiniType<LoggedAttempt> = z.looseObject({
  at: z.iso.datetime(),
  durationMs: z.number(),
  status: optional('Absent when no answer came.', z.int()),
  error: optional('Why no answer came, in words.', z.string()),
  answer: optional('The first 2 kB of the answer, without what is secret.', z.string()),
})

export const loggedDeliverySchema: z.ZodMiniType<LoggedDelivery> = z.looseObject({
  id: z.string(),
  webhook: z.string(),
  message: json,
  state: z.enum(['pending', 'delivered', 'failed']),
  summary: z.string(),
  createdAt: z.iso.datetime(),
  nextAttemptAt: optional('Present while it is pending.', z.iso.datetime()),
  attempts: z.array(loggedAttemptSchema),
})

export const hourlyCountSchema: z.ZodMiniType<HourlyCount> = z.looseObject({
  hour: z.iso.datetime(),
  webhook: z.string(),
  outcome: z.enum(['delivered', 'failed', 'retried']),
  attempts: z.int(),
  durationMs: z.number(),
})

/** A page of the log, the newest first. */
export const deliveryPageSchema = object({
  deliveries: z.array(loggedDeliverySchema),
  next: optional('Give it as `cursor` for the next page; absent on the last.', z.string()),
  searchedTo: optional('Present when the search ended early so as not to take long.', z.iso.datetime()),
})
