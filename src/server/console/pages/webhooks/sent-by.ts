import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import type { WebhookUse } from '../../services/webhook-usage.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { badge } from '../../ui/parts.ts'

const contentKinds = ['tour', 'checklist', 'banner'] as const

/**
 * What sends a webhook: `2 tour steps, 3 events`.
 *
 * One that hears of every tour looks like any other otherwise, so it says so in a warning tone.
 */
export function sentBy(webhook: WebhookSummary, uses: readonly WebhookUse[]): Markup {
  const { events = [] } = webhook
  const steps = uses.length === 0 ? [] : [counted(uses.length, 'tour step')]
  const named = events.length === 0 ? [] : [counted(events.length, 'event')]
  const parts = [...steps, ...named]
  if (parts.length === 0) return html`nothing sends it yet`
  const wide = allOfWhich(webhook)
  return html`${parts.join(', ')}${wide.length === 0 ? nothing : html` ${wide.map(kind => badge('wait', `every ${kind}`))}`}`
}

/** The kinds of contents of which it hears each one. */
function allOfWhich({ events = [], contents }: WebhookSummary): string[] {
  if (contents !== undefined) return []
  return contentKinds.filter(kind => events.some(event => event.startsWith(`${kind}_`)))
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
