import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import type { WebhookUse } from '../../services/webhook-usage.ts'
import { html, type Markup, segment } from '../../ui/markup.ts'
import { badge, emptyState, linkButton } from '../../ui/parts.ts'
import { ago } from '../../ui/time.ts'

/** All webhooks: where they go, what sends them, how they are. */
export function webhookList(
  webhooks: readonly WebhookSummary[],
  {
    uses,
    now,
    root,
    mayMake,
  }: { uses: ReadonlyMap<string, readonly WebhookUse[]>; now: number; root: string; mayMake: boolean },
): Markup {
  if (webhooks.length === 0) {
    return emptyState({
      picture: 'webhooks',
      title: 'No webhooks yet',
      text: 'A webhook is an address that is told what visitors do in a tour: a CRM, a chat, a workflow.',
      action: mayMake
        ? linkButton({ href: `${root}webhooks/new`, label: 'New webhook', picture: 'plus', style: 'primary' })
        : undefined,
    })
  }
  return html`<div class="card flush"><ul class="rows">${webhooks.map(webhook => {
    const { id, name, endpoint } = webhook
    return html`<li class="row"><div><a class="whole main-line" href="${root}webhooks/${segment(id)}">${name || id}</a><div class="sub mono">${endpoint}</div></div><div class="sub wide">${sentBy(webhook, uses.get(id) ?? [])}</div><div class="end">${webhookState(webhook, now)}</div></li>`
  })}</ul></div>`
}

/** A webhook's state in a word. */
export function webhookState({ disabled, failingSince }: WebhookSummary, now: number): Markup {
  if (disabled) {
    const why = { gone: 'gone', failing: 'failed for days', manual: 'by hand' }[disabled.reason]
    return badge('bad', `disabled, ${why}`)
  }
  if (failingSince !== undefined)
    return html`${badge('wait', 'failing')} <span class="sub">since ${ago(failingSince, now)}</span>`
  return badge('good', 'works')
}

/** What sends it: `2 tour steps, 3 events`. */
export function sentBy({ events = [], contents }: WebhookSummary, uses: readonly WebhookUse[]): Markup {
  const steps = uses.length === 0 ? [] : [counted(uses.length, 'tour step')]
  const named = events.length === 0 ? [] : [counted(events.length, 'event')]
  const parts = [...steps, ...named]
  if (parts.length === 0) return html`nothing sends it yet`
  // One that hears of everything looks like any other, otherwise.
  const isWide = events.length > 0 && contents === undefined
  return html`${parts.join(', ')}${isWide ? html` <span class="wait">of every tour</span>` : ''}`
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
