import { Hono } from 'hono'
import type { WebhookSummary } from '../../webhooks/webhook-summary.ts'
import { type ConsoleEnv, hasRole } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import { barsOf, hourChart, totalsOf } from '../ui/charts/hour-chart.ts'
import { html, type Markup, nothing, queryOf, segment } from '../ui/markup.ts'
import { badge, goButton, linkButton, tabBar } from '../ui/parts.ts'
import { ago } from '../ui/time.ts'
import { deliveryRows } from './deliveries/delivery-rows.ts'
import { firstSteps } from './first-steps.ts'
import { webhookState } from './webhooks/webhook-list.ts'

const hourMs = 3_600_000
/** So many webhooks are named that need somebody. */
const mostTroubled = 10

/** The first page: how it goes, and what needs somebody. */
export function overviewPage({
  webhooks: hooks,
  deliveries,
  content,
  sites,
  clock,
  show,
}: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.get('/overview', async context => {
    const root = context.get('root')
    const present = clock.now()
    const isWeek = context.req.query('span') === '7d'
    const [hours, each] = isWeek ? [168, 6] : [24, 1]
    const [counts, webhooks, changes, tours, newest, seen] = await Promise.all([
      deliveries.hours({ since: present - hours * hourMs, together: true }),
      hooks.list(),
      content.changes(),
      content.list('tours'),
      deliveries.list(context.get('person'), { limit: 6 }),
      sites.list(),
    ])
    const bars = barsOf(counts, { now: present, hours, each })
    const { delivered, failed, retried } = totalsOf(bars)
    const troubled = webhooks.filter(({ disabled, failingSince }) => disabled || failingSince !== undefined)
    const isNew = newest.deliveries.length === 0
    return show(context, {
      title: 'Overview',
      section: 'Overview',
      actions: hasRole(context.get('person'), 'owner')
        ? goButton({ href: `${root}webhooks/new`, label: 'New webhook', picture: 'plus', style: 'primary' })
        : undefined,
      body: html`<div class="stack">${isNew ? firstSteps({ root, webhooks, tours, sites: seen }) : nothing}
${needsYou({ troubled, failed, since: present - hours * hourMs, changes: changes.length, root, present })}
<section class="card" aria-label="Deliveries">${tabBar('Span', [
        { name: '24 hours', href: `${root}overview`, isCurrent: !isWeek },
        { name: '7 days', href: `${root}overview?span=7d`, isCurrent: isWeek },
      ])}<div class="stack"><div class="figures"><div class="figure"><b>${delivered}</b><span>delivered</span></div><div class="figure"><b>${failed}</b><span>failed for good</span></div><div class="figure"><b>${retried}</b><span>attempts to be repeated</span></div><div class="figure"><b>${webhooks.length}</b><span>webhooks</span></div></div>${hourChart(
        bars,
        {
          hrefOf: ({ hour }) =>
            `${root}deliveries${queryOf({ since: new Date(hour).toISOString(), until: new Date(hour + each * hourMs).toISOString() })}`,
          each,
        },
      )}</div></section>
${isNew ? nothing : html`<section class="card flush"><header><div><h2>Latest deliveries</h2></div>${linkButton({ href: `${root}deliveries`, label: 'All of them', style: 'slim' })}</header>${deliveryRows(newest.deliveries, { root, now: present, names: new Map(webhooks.map(({ id, name }) => [id, name || id])) })}</section>`}</div>`,
    })
  })
  return app
}

function needsYou({
  troubled,
  failed,
  since,
  changes,
  root,
  present,
}: {
  troubled: readonly WebhookSummary[]
  failed: number
  since: number
  changes: number
  root: string
  present: number
}): Markup {
  if (troubled.length === 0 && failed === 0 && changes === 0) return nothing
  return html`<section class="card flush"><header><div><h2>Needs you</h2></div></header><ul class="rows">${troubled
    .slice(0, mostTroubled)
    .map(
      webhook =>
        html`<li class="row"><div><a class="whole main-line" href="${root}webhooks/${segment(webhook.id)}">${webhook.name || webhook.id}</a><div class="sub">${
          webhook.disabled
            ? html`Nothing is sent to it since ${ago(webhook.disabled.at, present)}.`
            : 'Its endpoint fails; each message is tried again.'
        }</div></div><div class="sub wide mono">${webhook.endpoint}</div><div class="end">${webhookState(webhook, present)}</div></li>`,
    )}${
    troubled.length > mostTroubled
      ? html`<li class="row"><div><a class="whole main-line" href="${root}webhooks">${troubled.length - mostTroubled} more webhooks</a><div class="sub">They fail, or nothing is sent to them.</div></div></li>`
      : nothing
  }${
    failed > 0
      ? html`<li class="row"><div><a class="whole main-line" href="${root}deliveries${queryOf({ state: 'failed', since: new Date(since).toISOString() })}">Undelivered messages</a><div class="sub">They were given up. Look why, and send them again.</div></div><div class="wide"></div><div class="end">${badge('bad', `${failed}`)}</div></li>`
      : nothing
  }${
    changes > 0
      ? html`<li class="row"><div><a class="whole main-line" href="${root}publish">Drafts</a><div class="sub">What visitors don’t see yet: look at the changes, and let them out.</div></div><div class="wide"></div><div class="end">${badge('wait', `${changes}`)}</div></li>`
      : nothing
  }</ul></section>`
}
