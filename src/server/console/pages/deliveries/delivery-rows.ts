import type { Delivery } from '../../../stores/store.ts'
import { html, type Markup, segment } from '../../ui/markup.ts'
import { badge } from '../../ui/parts.ts'
import { shortened } from '../../ui/shortened.ts'
import { ago } from '../../ui/time.ts'
import { eventTitle } from '../webhooks/event-words.ts'
import { deliveryWord } from './attempt-words.ts'

/** Deliveries as rows, each a link to its own page. */
export function deliveryRows(
  deliveries: readonly Delivery[],
  { root, now, names }: { root: string; now: number; names?: ReadonlyMap<string, string> | undefined },
): Markup {
  return html`<ul class="rows">${deliveries.map(delivery => {
    const { id, webhook, message, attempts, createdAt, dueAt, state } = delivery
    const { tone, text } = deliveryWord(delivery)
    const last = attempts.at(-1)
    const next = state === 'pending' && last ? html`next try ${ago(dueAt, now)}` : ''
    return html`<li class="row four"><div><a class="whole main-line" href="${root}deliveries/${segment(webhook)}/${segment(id)}">${shortened(titleOf(delivery))}</a><div class="sub">${message.userId === null ? 'a visitor without an id' : shortened(message.userId)}</div></div><div class="sub wide">${shortened(names?.get(webhook) ?? webhook, 60)}<div class="mono small cut">${shortened(id, 40)}</div></div><div class="sub wide">${attempts.length === 0 ? 'not tried yet' : html`${attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}${last?.status === undefined ? html`, no answer` : html`, last ${last.status}`}`}<div>${next}</div></div><div class="end">${badge(tone, text)}<div class="sub">${ago(createdAt, now)}</div></div></li>`
  })}</ul>`
}

/** What a delivery is about: `trigger step · welcome / send`. */
export function titleOf({ message }: Pick<Delivery, 'message'>): string {
  const [event, ...others] = message.events
  if (!event) return 'a message'
  const about = [event.id, event.step].filter(part => part !== undefined).join(' / ')
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return `${eventTitle(event.name)}${about === '' ? '' : ` · ${about}`}${more}`
}
