import type { HourCount, LastAttempt } from '../../../stores/store.ts'
import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import type { WebhookUse } from '../../services/webhook-usage.ts'
import { barsOf } from '../../ui/charts/hour-chart.ts'
import { sparkline } from '../../ui/charts/sparkline.ts'
import { html, type Markup, nothing, segment } from '../../ui/markup.ts'
import { badge, emptyState } from '../../ui/parts.ts'
import { ago } from '../../ui/time.ts'
import { isArrived } from '../deliveries/attempt-words.ts'
import { sentBy } from './sent-by.ts'

/** How a webhook has fared. */
export interface WebhookCourse {
  /** The attempts of the last 24 hours. */
  hours: readonly HourCount[]
  last: LastAttempt | undefined
}

export interface WebhookListOptions {
  uses: ReadonlyMap<string, readonly WebhookUse[]>
  /** How each has fared. */
  courses: ReadonlyMap<string, WebhookCourse>
  now: number
  root: string
}

/** Webhooks as rows: where they go, what sends them, how they have fared, how they are. */
export function webhookList(
  webhooks: readonly WebhookSummary[],
  { uses, courses, now, root }: WebhookListOptions,
): Markup {
  if (webhooks.length === 0) {
    return emptyState({
      picture: 'webhooks',
      title: 'No webhooks yet',
      text: 'A webhook is an address that receives what visitors do in a tour: a CRM, a chat, a workflow.',
    })
  }
  return html`<div class="card flush"><ul class="rows">${webhooks.map(webhook => {
    const { id, name, endpoint } = webhook
    const { hours = [], last } = courses.get(id) ?? {}
    const bars = barsOf(hours, { now, hours: 24 })
    return html`<li class="row four"><div><a class="whole main-line" href="${root}webhooks/${segment(id)}">${name || id}</a><div class="sub mono">${endpoint}</div></div><div class="sub wide">${sentBy(webhook, uses.get(id) ?? [])}</div><div class="sub wide fared">${sparkline(bars)}${lastAnswer(last, now)}</div><div class="end">${webhookState(webhook, now)}</div></li>`
  })}</ul></div>`
}

/** A webhook's state in a word. */
export function webhookState({ disabled, failingSince }: WebhookSummary, now: number): Markup {
  if (disabled) {
    const why = { gone: 'gone', failing: 'failed for days', manual: 'by hand' }[disabled.reason]
    return badge('bad', `disabled, ${why}`)
  }
  if (failingSince !== undefined)
    return html`${badge('wait', 'failing')}<div class="sub">since ${ago(failingSince, now)}</div>`
  return badge('good', 'works')
}

function lastAnswer(attempt: LastAttempt | undefined, now: number): Markup {
  if (!attempt) return nothing
  const said = attempt.status === undefined ? 'no answer' : `answered ${attempt.status}`
  return html`<div><span class="${isArrived(attempt) ? 'good' : 'bad'}">${said}</span> ${ago(attempt.at, now)}</div>`
}
