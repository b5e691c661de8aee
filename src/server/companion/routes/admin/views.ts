import type { DeliveryPage } from '../../../emitter/delivery-log.ts'
import { durationInWords } from '../../../emitter/duration.ts'
import type { Attempt, Delivery, HourCount } from '../../../stores/store.ts'
import { disabledWords } from '../../../webhooks/disabled-words.ts'
import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'

/** An attempt as the API shows it: its time in ISO 8601. */
export function attemptView({ at, ...attempt }: Attempt) {
  return { at: isoTime(at), ...attempt }
}

/** A delivery as the API shows it: times in ISO 8601, how it stands in words, and when it is tried next. */
export function deliveryView({ createdAt, dueAt, attempts, ...delivery }: Delivery, now: number) {
  return {
    ...delivery,
    summary: summaryOfDelivery({ ...delivery, createdAt, dueAt, attempts }, now),
    createdAt: isoTime(createdAt),
    ...(delivery.state === 'pending' && { nextAttemptAt: isoTime(dueAt) }),
    attempts: attempts.map(attemptView),
  }
}

/** A page of the log as the API shows it. */
export function pageView({ deliveries, searchedTo, ...page }: DeliveryPage, now: number) {
  return {
    deliveries: deliveries.map(delivery => deliveryView(delivery, now)),
    ...page,
    ...(searchedTo !== undefined && { searchedTo: isoTime(searchedTo) }),
  }
}

/** An hour's count as the API shows it. */
export function hourView({ hour, ...count }: HourCount) {
  return { hour: isoTime(hour), ...count }
}

/** A webhook as the API shows it: times in ISO 8601, and why it is disabled in words. */
export function webhookView({ disabled, failingSince, ...webhook }: WebhookSummary) {
  return {
    ...webhook,
    ...(disabled && {
      disabled: { at: isoTime(disabled.at), reason: disabled.reason, words: disabledWords[disabled.reason] },
    }),
    ...(failingSince !== undefined && { failingSince: isoTime(failingSince) }),
  }
}

function summaryOfDelivery({ state, dueAt, attempts, reason }: Delivery, now: number): string {
  const tries = `${attempts.length} attempt${attempts.length === 1 ? '' : 's'}`
  if (state === 'delivered') return `arrived after ${tries}`
  if (state === 'failed') return reason === undefined ? `given up after ${tries}` : `given up: ${reason}`
  if (reason !== undefined) return reason
  return dueAt <= now
    ? `due now, after ${tries}`
    : `next try in ${durationInWords(dueAt - now)}, after ${tries}`
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
