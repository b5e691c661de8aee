import type { WebhookSummary } from '../../webhooks/webhook-summary.ts'
import type { ContentItem } from '../content/content-item.ts'
import type { SeenSite } from '../services/site-service.ts'
import { usesOf } from '../services/webhook-usage.ts'
import { icon } from '../ui/icons.ts'
import { html, type Markup, segment } from '../ui/markup.ts'
import { card } from '../ui/parts.ts'

/** From nothing to the first delivery, in five ticks. */
export function firstSteps({
  root,
  webhooks,
  tours,
  sites,
}: {
  root: string
  webhooks: readonly WebhookSummary[]
  tours: readonly ContentItem[]
  sites: readonly SeenSite[]
}): Markup {
  const uses = [...usesOf(tours, segment).values()].flat()
  const [site] = sites
  const steps = [
    { done: webhooks.length > 0, text: 'Make a webhook', path: 'webhooks/new' },
    { done: uses.length > 0, text: 'Write a tour with a step of the type Trigger event', path: 'tours' },
    { done: uses.some(({ isPublished }) => isPublished), text: 'Publish it', path: 'publish' },
    { done: site !== undefined, text: 'Put the script on your site', path: 'settings', site: site?.origin },
    { done: false, text: 'Take the tour: its delivery appears here', path: 'deliveries' },
  ]
  const next = steps.findIndex(({ done }) => !done)
  return card({
    title: 'From here to the first delivery',
    lead: `${steps.filter(({ done }) => done).length} of ${steps.length} done`,
    body: html`<ol class="checks">${steps.map(
      ({ done, text, path, site }, index) =>
        html`<li class="titled"${index === next ? html` aria-current="step"` : ''}><span class="${done ? 'good' : 'soft'}">${icon(done ? 'check' : 'clock')}</span><a href="${root}${path}">${text}</a>${done ? html`<span class="hidden">done</span>` : ''}${site === undefined ? '' : html` <span class="soft small">seen on ${site}</span>`}</li>`,
    )}</ol>`,
  })
}
