import type { OperationalEventName } from '../../schema/event.ts'
import { operationalEventNames } from '../../schema/event.ts'
import type { Clock } from '../clock.ts'
import type { DisabledReason, WebhookRecord } from '../stores/store.ts'
import { toError } from '../to-error.ts'
import { endpointMark } from '../webhooks/endpoint.ts'
import type { Registered, Registry } from '../webhooks/registry.ts'
import type { NextState, Tried } from './delivery-types.ts'
import type { Announcer, OperationalEvent } from './emitter-events.ts'
import { type FailureStretch, hasFailedTooLong, withFailure } from './retry-policy.ts'

const failingFrom = 4
const outageFrom = 2
const persistEveryMs = 60 * 60 * 1000
const shortestHurryMs = 5 * 60 * 1000

/** Follows how each endpoint fares, and does what follows from it. */
export interface EndpointHealth {
  /** Announces what is in the log now, and disables a webhook that deserves it. */
  onSettled: (tried: Tried, next: NextState) => void
}

export interface EndpointHealthOptions {
  registry: Registry
  announce: Announcer['announce']
  clock: Pick<Clock, 'now' | 'elapsed'>
  /** Queues it for webhooks that subscribe to operational events; `once` makes a repeat of it count once. */
  raise: (event: OperationalEvent, once: string) => void
  /** An endpoint is back: what waits for it may go at once. */
  hurry: (webhook: string) => void
}

/** How an endpoint has fared since its last success, as far as this process saw. */
interface Course {
  failures: number
  /** What is in the store of the stretch, and when it was written there. */
  persistedAt: number
  stretch: FailureStretch | undefined
}

/** The health of an emitter's endpoints. */
export function createEndpointHealth({
  registry,
  announce,
  clock,
  raise,
  hurry,
}: EndpointHealthOptions): EndpointHealth {
  const unsigned = new Set<string>()
  const courses = new Map<string, Course>()
  /** When a webhook's backlog was hurried last, and how long it is to be left alone after that. */
  const hurried = new Map<string, { at: number; restMs: number }>()

  function change(id: string, how: (record: WebhookRecord) => WebhookRecord): void {
    registry.change(id, how).catch(error => announce('error', toError(error)))
  }
  function report(registered: Registered, event: OperationalEvent, once: string | number): void {
    // Else an alert that can't be delivered would cause the next one.
    if (registered.webhook.events?.some(isOperational)) return
    announce(event.name, event)
    raise(event, `${event.name}:${event.webhook}:${once}`)
  }
  function disable(registered: Registered, reason: DisabledReason): void {
    const { id: webhook } = registered
    const at = clock.now()
    change(webhook, record => ({
      ...record,
      disabled: { at, reason, endpoint: endpointMark(registered.webhook) },
    }))
    announce('disabled', { webhook, reason })
    report(registered, { name: 'webhook_disabled', webhook, at, reason }, at)
  }

  function onFailure(registered: Registered, { attempt }: Tried): void {
    const { id, failingSince, failures: stored, isFailing } = registered
    const before = courses.get(id)
    const stretch = withFailure(before?.stretch ?? stored, attempt.at)
    const course = { failures: (before?.failures ?? 0) + 1, persistedAt: before?.persistedAt ?? 0, stretch }
    courses.set(id, course)
    const begins = course.failures >= failingFrom && !isFailing
    // Not each failure: an endpoint that is down would cost a write each time it is tried.
    if (failingSince === undefined || begins || attempt.at - course.persistedAt >= persistEveryMs) {
      course.persistedAt = attempt.at
      change(id, record => ({
        failingSince: attempt.at,
        ...record,
        failures: stretch,
        ...(begins && { isFailing: true }),
      }))
    }
    if (begins) {
      const since = failingSince ?? stretch.from
      const { status, error } = attempt
      const event = {
        name: 'webhook_failing',
        webhook: id,
        at: attempt.at,
        since,
        failures: course.failures,
      } as const
      report(registered, { ...event, status, error }, since)
    }
    if (hasFailedTooLong(stretch)) disable(registered, 'failing')
  }

  function onSuccess(registered: Registered, { attempt }: Tried): void {
    const { id, failingSince, isFailing } = registered
    const failures = courses.get(id)?.failures ?? Number.POSITIVE_INFINITY
    courses.delete(id)
    if (failingSince === undefined) return
    change(id, ({ failingSince: _, failures: __, isFailing: ___, ...record }) => record)
    if (isFailing) {
      report(
        registered,
        { name: 'webhook_recovered', webhook: id, at: attempt.at, since: failingSince },
        failingSince,
      )
    }
    if (failures >= outageFrom) hurryUnlessJust(id)
  }

  /** Less and less often: an endpoint that refuses some and takes others would use up their schedule. */
  function hurryUnlessJust(webhook: string): void {
    const now = clock.elapsed()
    const last = hurried.get(webhook)
    if (last && now - last.at < last.restMs) return
    hurried.set(webhook, { at: now, restMs: last ? 2 * last.restMs : shortestHurryMs })
    hurry(webhook)
  }

  function warnIfUnsigned(registered: Registered): void {
    const { id: webhook } = registered
    if (unsigned.has(webhook) || registry.secretsOf(registered).length > 0) return
    unsigned.add(webhook)
    const message = `The webhook "${webhook}" has no secret: its messages are not signed`
    announce('warning', { webhook, message })
  }

  return {
    onSettled(tried, { state, dueAt }) {
      const { claimed, attempt, outcome } = tried
      const { id, webhook } = claimed
      const event = { id, webhook, attempt, ...(state === 'pending' && { nextAttemptAt: dueAt }) }
      announce('attempt', event)
      if (state === 'delivered') announce('delivered', event)
      if (state === 'failed') announce('exhausted', event)

      const registered = registry.get(webhook)
      if (!registered) return
      warnIfUnsigned(registered)
      if (state === 'failed') {
        const { status, error } = attempt
        const exhausted = {
          name: 'delivery_exhausted',
          webhook,
          at: attempt.at,
          delivery: id,
          status,
          error,
        } as const
        report(registered, exhausted, `${id}:${attempt.at}`)
      }
      if (registered.disabled) return
      if (outcome.kind === 'gone') return disable(registered, 'gone')
      if (outcome.kind === 'delivered') onSuccess(registered, tried)
      else onFailure(registered, tried)
    },
  }
}

function isOperational(name: string): name is OperationalEventName {
  return operationalEventNames.some(operational => operational === name)
}
