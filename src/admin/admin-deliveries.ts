import type { JobState } from '../schema/admin/job-state.ts'
import type { HourlyCount, LoggedDelivery } from '../schema/admin/logged-delivery.ts'
import type { EventName } from '../schema/event.ts'
import { ask, pathOf } from './admin-path.ts'
import type { AdminRequest } from './admin-request.ts'

/** Which deliveries are meant; all conditions must hold. Times as ISO 8601 or a Date; `until` is excluded. */
export interface DeliveryQuery {
  /** The message's id. */
  id?: string | undefined
  /** The webhook's id. */
  webhook?: string | undefined
  /** Still to be sent, arrived, or given up. */
  state?: 'pending' | 'delivered' | 'failed' | undefined
  /** An event that the message holds. */
  event?: EventName | 'trigger_event' | undefined
  /** The user the message is about. */
  userId?: string | undefined
  /** From then on. */
  since?: string | Date | undefined
  /** Up to then. */
  until?: string | Date | undefined
}

/** The delivery log of a companion. */
export interface AdminDeliveries {
  /** All that match, the newest first: pages are fetched as they are needed. */
  list(query?: DeliveryQuery): AsyncIterableIterator<LoggedDelivery>
  /** @throws {NotFoundError} (rejects) when the log has none of this id. */
  get(id: string, webhook?: string): Promise<LoggedDelivery>
  /** Sends one again, under its id. */
  resend(id: string, webhook?: string): Promise<void>
  /** Gives one up that still waits. */
  cancelOne(id: string, webhook?: string): Promise<void>
  /** The attempts of each hour, by default of the last 24. */
  hours(span?: Pick<DeliveryQuery, 'webhook' | 'since' | 'until'>): Promise<HourlyCount[]>
  /** Begins to send again, or to cancel, all that match, at most 10,000: a job that outlives the companion's process. */
  begin(kind: JobState['kind'], query: DeliveryQuery): Promise<JobState>
  /** What was begun so, the newest first. */
  jobs(): Promise<JobState[]>
  /** How far a job is. @throws {NotFoundError} (rejects) when there is none. */
  job(id: string): Promise<JobState>
  /** Ends a job after its present slice. */
  stop(id: string): Promise<JobState>
  /** Sends again all that match, also what waits; returns how many. */
  replay(query: DeliveryQuery): Promise<number>
  /** Gives up all that match and still wait; returns how many. */
  cancel(query: DeliveryQuery): Promise<number>
}

export function deliveriesOf(request: AdminRequest): AdminDeliveries {
  async function* list(query: DeliveryQuery = {}): AsyncIterableIterator<LoggedDelivery> {
    let cursor: string | undefined
    do {
      const page = (await request('deliveries', { query: { ...textsOf(query), cursor } })) as unknown as {
        deliveries: LoggedDelivery[]
        next?: string
      }
      yield* page.deliveries
      cursor = page.next
    } while (cursor !== undefined)
  }

  async function count(path: string, query: DeliveryQuery, name: string): Promise<number> {
    const answer = await request(path, { method: 'POST', json: textsOf(query) })
    return Number(Object(answer)[name])
  }

  return {
    list,
    get: async (id, webhook) =>
      (await request(pathOf('deliveries', id), { query: { webhook } })) as unknown as LoggedDelivery,
    async resend(id, webhook) {
      await request(pathOf('deliveries', id, 'resend'), { method: 'POST', query: { webhook } })
    },
    async cancelOne(id, webhook) {
      await request(pathOf('deliveries', id, 'cancel'), { method: 'POST', query: { webhook } })
    },
    hours: async (span = {}) =>
      (await ask<{ hours: HourlyCount[] }>(request, 'hours', { query: textsOf(span) })).hours,
    begin: (kind, query) => ask(request, 'jobs', { method: 'POST', json: { kind, filter: textsOf(query) } }),
    jobs: async () => (await ask<{ jobs: JobState[] }>(request, 'jobs')).jobs,
    job: id => ask(request, pathOf('jobs', id)),
    stop: id => ask(request, pathOf('jobs', id, 'stop'), { method: 'POST' }),
    replay: query => count('deliveries/replay', query, 'replayed'),
    cancel: query => count('deliveries/cancel', query, 'canceled'),
  }
}

/** Times as ISO 8601. */
function textsOf({ since, until, ...query }: DeliveryQuery): Record<string, string | undefined> {
  const text = (time: string | Date | undefined) => (time instanceof Date ? time.toISOString() : time)
  return { ...query, since: text(since), until: text(until) }
}
