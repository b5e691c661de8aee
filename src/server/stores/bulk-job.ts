import type { Cursor, DeliveryFilter } from './log-query.ts'

/** Many deliveries that are changed for somebody, slice by slice, however often companions restart meanwhile. */
export interface BulkJob {
  id: string
  /** `resend` makes them due at once; `cancel` gives up what waits. */
  kind: 'resend' | 'cancel'
  /** Which deliveries; its `userId` is forgotten when the job ends. */
  filter: DeliveryFilter
  /** Who asked for it. */
  by: { by: string; role: string; via: 'console' | 'api' | 'page' }
  /** Milliseconds since 1970. */
  createdAt: number
  endedAt?: number | undefined
  state: 'running' | 'done' | 'stopped'
  /** How many matched when it began, and so the most that are changed. */
  total: number
  /** How many have been changed. */
  done: number
  /** Up to where: what is newer is done. */
  place?: Cursor | undefined
  /** Why it was stopped, when nobody did. */
  problem?: string | undefined
  /** Who works on it, until they say so again or the time is up, in milliseconds since 1970. */
  lease?: { holder: string; until: number } | undefined
}

/** How many jobs are kept. */
export const keptJobs = 100
