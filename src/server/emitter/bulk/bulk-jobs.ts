import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import type { BulkJob } from '../../stores/bulk-job.ts'
import type { ConsoleStore } from '../../stores/console-store.ts'
import type { DeliveryFilter } from '../../stores/log-query.ts'
import { toError } from '../../to-error.ts'
import type { DeliveryLog } from '../delivery-log.ts'

/** How many deliveries one job may change. */
export const mostOfJob = 10_000
/** How many are changed before it is written down how far it came: what may be done twice when a process is killed. */
const sliceSize = 200
const lookEveryMs = 5000

/** What changes many deliveries for somebody, and goes on after a restart where it was. */
export interface BulkJobs {
  /** Begins one; what is queued from now on is not among it. */
  start(job: {
    kind: BulkJob['kind']
    filter: DeliveryFilter
    /** How many match, at most 10,000. */
    total: number
    by: BulkJob['by']
  }): Promise<BulkJob>
  get(id: string): Promise<BulkJob | undefined>
  /** The newest first. */
  list(): Promise<BulkJob[]>
  /** Stops one after its present slice; what is changed stays so. */
  stop(id: string): Promise<BulkJob | undefined>
  /** Lets the present slice end, and leaves the rest to whoever starts next. */
  close(): Promise<void>
}

export interface BulkJobsOptions {
  store: Pick<ConsoleStore, 'addJob' | 'jobs' | 'job' | 'changeJob' | 'addAudit'>
  deliveries: Pick<DeliveryLog, 'replay' | 'cancel'>
  clock: Clock
  /** How long a killed process's job waits for another, in milliseconds. */
  leaseMs: number
  onError: (error: Error) => void
}

/** Starts what works on jobs: its own and those that were left, one companion at each. */
export function createBulkJobs({ store, deliveries, clock, leaseMs, onError }: BulkJobsOptions): BulkJobs {
  const holder = crypto.randomUUID()
  const closing = new AbortController()
  const underWay = new Map<string, Promise<void>>()
  let looking = Promise.resolve()
  let stopLooking = clock.after(0, look)

  function look(): void {
    looking = takeUpLeft().catch(error => onError(toError(error)))
    stopLooking = clock.after(lookEveryMs, look)
  }

  /** Takes up what nobody works on. */
  async function takeUpLeft(): Promise<void> {
    for (const job of await store.jobs()) if (isFree(job)) takeUp(job.id)
  }

  function takeUp(id: string): void {
    if (underWay.has(id) || closing.signal.aborted) return
    // What fails now is tried again when jobs are looked for next.
    const work = workOn(id)
      .catch(error => onError(toError(error)))
      .finally(() => underWay.delete(id))
    underWay.set(id, work)
  }

  function isFree({ state, lease }: BulkJob): boolean {
    return state === 'running' && (!lease || lease.holder === holder || lease.until <= clock.now())
  }

  /** Claims a job for a while, or for longer; `undefined` when it is another's, or over. */
  async function hold(id: string, change: Partial<BulkJob> = {}): Promise<BulkJob | undefined> {
    const lease = { holder, until: clock.now() + leaseMs }
    const held = await store.changeJob(id, job => (isFree(job) ? { ...job, ...change, lease } : undefined))
    return held?.state === 'running' && held.lease?.holder === holder ? held : undefined
  }

  async function workOn(id: string): Promise<void> {
    let job = await hold(id)
    while (job && !closing.signal.aborted) {
      const after = await workOnSlice(job).catch(error => giveUp(id, error))
      if (!after) return
      if (after.isOver) return end(job, after.change)
      job = (await hold(id, after.change)) ?? (await countLast(job, after.change))
      await nextTurn()
    }
    if (job) await store.changeJob(id, ({ lease: _, ...left }) => left)
  }

  async function workOnSlice({ kind, filter, total, done, place: before }: BulkJob) {
    const most = Math.min(sliceSize, total - done)
    let place = before
    const change = kind === 'resend' ? deliveries.replay : deliveries.cancel
    const count =
      most > 0
        ? await change(filter, {
            most,
            before,
            onProgress(_, reached) {
              place = reached
            },
          })
        : 0
    return { isOver: count < most || done + count >= total, change: { done: done + count, place } }
  }

  /** A mistake in what was asked for, such as of a webhook that is gone by now, is one the next time, too. */
  async function giveUp(id: string, error: unknown): Promise<undefined> {
    if (!(error instanceof TypeError)) throw error
    await store.changeJob(id, job => ended(job, 'stopped', { problem: error.message }))
  }

  function ended({ lease: _, ...job }: BulkJob, state: BulkJob['state'], more: Partial<BulkJob> = {}): BulkJob {
    return { ...job, ...more, state, endedAt: clock.now(), filter: { ...job.filter, userId: undefined } }
  }

  /** It was stopped in the midst of a slice, which counts all the same. */
  async function countLast({ id }: BulkJob, { done }: { done: number }): Promise<undefined> {
    await store.changeJob(id, job => (job.state === 'stopped' ? { ...job, done } : undefined))
  }

  async function end({ id }: BulkJob, { done }: { done: number }): Promise<void> {
    const left = await store.changeJob(id, job =>
      job.state === 'running' ? ended(job, 'done', { done }) : { ...job, done },
    )
    if (left?.state !== 'done') return
    await store.addAudit({
      at: clock.now(),
      ...left.by,
      action: left.kind === 'resend' ? 'resent all that matched' : 'cancelled all that waited',
      target: targetOf(left),
      details: `${done}`,
    })
  }

  return {
    async start({ kind, filter, total, by }) {
      const createdAt = clock.now()
      const job: BulkJob = {
        id: crypto.randomUUID(),
        kind,
        filter: { ...filter, until: Math.min(filter.until ?? Number.POSITIVE_INFINITY, createdAt + 1) },
        by,
        createdAt,
        state: 'running',
        total: Math.min(total, mostOfJob),
        done: 0,
        lease: { holder, until: createdAt + leaseMs },
      }
      await store.addJob(job)
      takeUp(job.id)
      return job
    },
    get: id => store.job(id),
    list: () => store.jobs(),
    stop: id => store.changeJob(id, job => (job.state === 'running' ? ended(job, 'stopped') : undefined)),
    async close() {
      closing.abort()
      stopLooking()
      await looking
      await Promise.all(underWay.values())
    },
  }
}

/** What a job's audit entries are about: a webhook's history shows it, too. */
export function targetOf({ filter: { webhook } }: Pick<BulkJob, 'filter'>): string {
  return webhook === undefined ? 'deliveries' : `webhooks/${webhook}`
}
