import { HttpError } from '../../companion/http-error.ts'
import { mostOfJob, targetOf } from '../../emitter/bulk/bulk-jobs.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { BulkJob } from '../../stores/bulk-job.ts'
import type { DeliveryFilter } from '../../stores/log-query.ts'
import type { Actor } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'

/** How many deliveries match. */
export interface MatchCount {
  /** At most 10,000. */
  count: number
  /** Whether there are more. */
  isMore: boolean
}

/** What people do with all deliveries that match, as jobs that outlive the companion's process. */
export interface BulkService {
  count(kind: BulkJob['kind'], filter: DeliveryFilter): Promise<MatchCount>
  /** Counts, and begins. @throws {HttpError} (rejects) 409 when its webhook is gone, or nothing matches. */
  start(actor: Actor, kind: BulkJob['kind'], filter: DeliveryFilter): Promise<BulkJob>
  /** @throws {HttpError} (rejects) 404 when there is none. */
  find(id: string): Promise<BulkJob>
  /** The newest first. */
  list(): Promise<BulkJob[]>
  /** Ends it after its present slice. @throws {HttpError} (rejects) 404 when there is none. */
  stop(actor: Actor, id: string): Promise<BulkJob>
}

export interface BulkServiceOptions {
  emitter: Pick<Emitter, 'deliveries' | 'webhooks' | 'jobs'>
  audit: AuditTrail
}

export function createBulkService({
  emitter: { deliveries, webhooks, jobs },
  audit,
}: BulkServiceOptions): BulkService {
  async function count(kind: BulkJob['kind'], filter: DeliveryFilter): Promise<MatchCount> {
    const wanted = kind === 'cancel' ? { ...filter, state: 'pending' as const } : filter
    const found = await deliveries.count(wanted, { most: mostOfJob + 1 })
    return { count: Math.min(found, mostOfJob), isMore: found > mostOfJob }
  }

  async function find(id: string): Promise<BulkJob> {
    const job = await jobs.get(id)
    if (job) return job
    throw new HttpError(404, 'unknown_job', 'There is no such job, or it is too long ago.')
  }

  return {
    count,
    find,
    list: jobs.list,
    async start(actor, kind, filter) {
      const { webhook } = filter
      if (kind === 'resend' && webhook !== undefined && !(await webhooks.get(webhook))) {
        const message = `The webhook "${webhook}" is gone; nothing can be sent to it.`
        throw new HttpError(409, 'unknown_webhook', message)
      }
      const { count: total } = await count(kind, filter)
      if (total === 0) throw new HttpError(409, 'no_match', 'Nothing matches any more.')
      const { name, role, via } = actor
      const job = await jobs.start({ kind, filter, total, by: { by: name, role, via } })
      const action = kind === 'resend' ? 'began to resend all that match' : 'began to cancel all that wait'
      await audit.record(actor, { action, target: targetOf(job), details: `${total}` })
      return job
    },
    async stop(actor, id) {
      const before = await find(id)
      const stopped = await jobs.stop(id)
      if (before.state === 'running') {
        await audit.record(actor, {
          action: 'stopped it',
          target: targetOf(before),
          details: `after ${stopped?.done ?? 0}`,
        })
      }
      return stopped ?? before
    },
  }
}
