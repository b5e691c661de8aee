import { Hono } from 'hono'
import type { BulkJob } from '../../../stores/bulk-job.ts'
import type { DeliveryFilter, DeliveryKey } from '../../../stores/log-query.ts'
import type { Delivery } from '../../../stores/store.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { barsOf, hourChart } from '../../ui/charts/hour-chart.ts'
import { html, idIn, type Markup, nothing, segment } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, badge, emptyState, linkButton } from '../../ui/parts.ts'
import { exactly } from '../../ui/time.ts'
import { deliveryWord } from './attempt-words.ts'
import { bulkTitle } from './bulk-view.ts'
import { deliveryDetail } from './delivery-detail.ts'
import { filterForm, isFiltered, logQueryOf, logTabs, readLogQuery } from './delivery-filters.ts'
import { deliveryRows, titleOf } from './delivery-rows.ts'

const hourMs = 3_600_000
const pageSize = 50

/** The delivery log's pages. */
export function deliveryPages({
  deliveries,
  bulk,
  webhooks,
  clock,
  show,
  showPart,
  goTo,
}: ConsoleServices): Hono<ConsoleEnv> {
  function find(context: ConsoleContext): Promise<Delivery> {
    const { id, webhook } = keyIn(context)
    return deliveries.find(context.get('person'), id, webhook)
  }

  /** The rows, and the way to older ones; renewed by a script while somebody looks. */
  async function rowsOf(context: ConsoleContext): Promise<Markup> {
    const { filter, cursor } = readLogQuery(context.req.query())
    const page = await deliveries.list(context.get('person'), { ...filter, limit: pageSize, cursor })
    const root = context.get('root')
    const names = new Map((await webhooks.list()).map(({ id, name }) => [id, name || id]))
    const rows =
      page.deliveries.length > 0
        ? html`<div class="card flush">${deliveryRows(page.deliveries, { root, now: clock.now(), names })}</div>`
        : emptyState({
            picture: 'deliveries',
            title: 'Nothing here',
            text:
              page.searchedTo === undefined
                ? 'No delivery matches. Each message that is sent appears here, with every attempt.'
                : 'Nothing was found yet.',
          })
    return html`${rows}${page.searchedTo === undefined ? nothing : html`<p class="soft small">Searched back to ${exactly(page.searchedTo)}.</p>`}${
      page.next === undefined
        ? nothing
        : html`<p class="buttons">${linkButton({ href: `${root}deliveries${logQueryOf(filter, { cursor: page.next })}`, label: page.searchedTo === undefined ? 'Older' : 'Look further back' })}</p>`
    }`
  }

  /** What an owner can do with all that match, and what of that is under way. */
  async function bulkBar(context: ConsoleContext, filter: DeliveryFilter): Promise<Markup> {
    if (!hasRole(context.get('person'), 'owner')) return nothing
    const root = context.get('root')
    const open = (await bulk.list()).filter(({ state }) => state === 'running')
    const notes = open.map(job =>
      noteBar({
        tone: 'info',
        text: html`<a href="${root}deliveries/jobs/${job.id}">${bulkTitle(job)}</a>: under way, ${job.done} of ${job.total}.`,
      }),
    )
    if (!isFiltered(filter)) return html`${notes}`
    const hrefOf = (kind: BulkJob['kind']) => `${root}deliveries/bulk${logQueryOf(filter, { kind })}`
    const mayWait = filter.state === undefined || filter.state === 'pending'
    return html`${notes}<div class="buttons end">${linkButton({ href: hrefOf('resend'), label: 'Resend all that match…', style: 'slim' })}${
      mayWait ? linkButton({ href: hrefOf('cancel'), label: 'Cancel all that wait…', style: 'slim' }) : nothing
    }</div>`
  }

  const app = new Hono<ConsoleEnv>()

  app.get('/deliveries', async context => {
    const { filter, cursor } = readLogQuery(context.req.query())
    const root = context.get('root')
    const present = clock.now()
    const counts = await deliveries.hours({
      webhook: filter.webhook,
      since: present - 24 * hourMs,
      together: true,
    })
    const query = logQueryOf(filter, { cursor })
    return show(context, {
      title: 'Deliveries',
      section: 'Deliveries',
      lead: 'Every message that the companion sends, with each attempt.',
      body: html`<div class="stack"><section class="card" aria-label="The last 24 hours">${hourChart(
        barsOf(counts, { now: present, hours: 24 }),
        {
          hrefOf: ({ hour }) =>
            `${root}deliveries${logQueryOf({ ...filter, since: hour, until: hour + hourMs })}`,
          isCurrent: ({ hour }) => filter.since === hour && filter.until === hour + hourMs,
        },
      )}</section>${filterForm(filter, { webhooks: await webhooks.list(), root })}<div>${logTabs(filter, root)}<div class="stack">${await bulkBar(context, filter)}<div class="stack" id="log" data-live="${root}deliveries/rows${query}">${await rowsOf(context)}</div></div></div></div>`,
    })
  })

  // Without the page around them, so relative links are the page's, which is one level up.
  app.get('/deliveries/rows', async context => {
    context.set('root', './')
    return showPart(context, await rowsOf(context))
  })

  app.get('/deliveries/:webhook/:id', async context => {
    const delivery = await find(context)
    const root = context.get('root')
    const { tone, text } = deliveryWord(delivery)
    const here = `${root}deliveries/${segment(delivery.webhook)}/${segment(delivery.id)}`
    const isAuthor = hasRole(context.get('person'), 'author')
    const isPending = delivery.state === 'pending'
    const webhook = await webhooks.get(delivery.webhook)
    return show(context, {
      title: titleOf(delivery),
      section: 'Deliveries',
      crumbs: [{ name: 'Deliveries', path: 'deliveries' }],
      beside: badge(tone, text),
      actions: isAuthor
        ? html`${webhook ? actionButton({ action: `${here}/resend`, label: 'Resend', style: 'primary' }) : nothing}${isPending ? actionButton({ action: `${here}/cancel`, label: 'Cancel' }) : nothing}`
        : undefined,
      body: deliveryDetail(delivery, {
        webhook,
        history: await deliveries.history(delivery),
        root,
        now: clock.now(),
      }),
    })
  })
  app.post('/deliveries/:webhook/:id/resend', requireRole('author'), async context => {
    const { id, webhook } = keyIn(context)
    await deliveries.resend(context.get('person'), id, webhook)
    return goTo(context, `deliveries/${segment(webhook)}/${segment(id)}?note=resent`)
  })
  app.post('/deliveries/:webhook/:id/cancel', requireRole('author'), async context => {
    const { id, webhook } = keyIn(context)
    await deliveries.cancel(context.get('person'), id, webhook)
    return goTo(context, `deliveries/${segment(webhook)}/${segment(id)}?note=cancelled`)
  })

  return app
}

function keyIn(context: ConsoleContext): DeliveryKey {
  return { id: idIn(context.req.param('id')), webhook: idIn(context.req.param('webhook')) }
}
