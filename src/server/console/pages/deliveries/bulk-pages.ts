import { Hono } from 'hono'
import { HttpError } from '../../../companion/http-error.ts'
import type { BulkJob } from '../../../stores/bulk-job.ts'
import { type ConsoleContext, type ConsoleEnv, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { html } from '../../ui/markup.ts'
import { badge, emptyState } from '../../ui/parts.ts'
import { bulkFacts, bulkProgress, bulkQuestion, bulkRows, bulkTitle, bulkWord } from './bulk-view.ts'
import { isFiltered, readLogQuery } from './delivery-filters.ts'

/** Sending again, or cancelling, all deliveries that match: first how many, then how far. */
export function bulkPages({ bulk, webhooks, clock, show, showPart, goTo }: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  const owners = requireRole('owner')
  const crumbs = [{ name: 'Deliveries', path: 'deliveries' }]

  async function names(): Promise<Map<string, string>> {
    return new Map((await webhooks.list()).map(({ id, name }) => [id, name || id]))
  }

  function progressOf(context: ConsoleContext, job: BulkJob) {
    return bulkProgress(job, { root: context.get('root'), now: clock.now() })
  }

  app.get('/deliveries/bulk', owners, async context => {
    const { kind, filter } = wantedBy(context.req.query())
    return show(context, {
      title: kind === 'resend' ? 'Resend all that match' : 'Cancel all that wait',
      section: 'Deliveries',
      crumbs,
      body: bulkQuestion(
        { kind, filter, ...(await bulk.count(kind, filter)) },
        { root: context.get('root'), names: await names() },
      ),
    })
  })
  app.post('/deliveries/bulk', owners, async context => {
    const form = await readFormValues(context)
    const { kind, filter } = wantedBy(Object.fromEntries(form.names().map(name => [name, form.text(name)])))
    const { id } = await bulk.start(context.get('person'), kind, filter)
    return goTo(context, `deliveries/jobs/${id}`)
  })

  app.get('/deliveries/jobs', owners, async context => {
    const jobs = await bulk.list()
    return show(context, {
      title: 'Jobs',
      section: 'Deliveries',
      lead: 'What was sent again, or cancelled, in one go.',
      crumbs,
      body:
        jobs.length === 0
          ? emptyState({
              picture: 'deliveries',
              title: 'None yet',
              text: 'Filter the deliveries, then resend or cancel all that match.',
            })
          : html`<div class="card flush">${bulkRows(jobs, { root: context.get('root'), now: clock.now() })}</div>`,
    })
  })
  app.get('/deliveries/jobs/:job', owners, async context => {
    const job = await bulk.find(context.req.param('job'))
    const { tone, text } = bulkWord(job)
    const root = context.get('root')
    const body = html`<div class="stack"><section class="card" aria-label="Progress" id="progress" data-live="${root}deliveries/jobs/${job.id}/progress">${progressOf(context, job)}</section>${bulkFacts(job, { names: await names(), now: clock.now() })}</div>`
    return show(context, {
      title: bulkTitle(job),
      section: 'Deliveries',
      crumbs: [...crumbs, { name: 'Jobs', path: 'deliveries/jobs' }],
      // Once it moves, the progress says it.
      beside: job.state === 'running' ? undefined : badge(tone, text),
      body,
    })
  })
  // Without the page around it, so relative links are the page's, which is one level up.
  app.get('/deliveries/jobs/:job/progress', owners, async context => {
    const job = await bulk.find(context.req.param('job'))
    context.set('root', '../../')
    return showPart(context, progressOf(context, job))
  })
  app.post('/deliveries/jobs/:job/stop', owners, async context => {
    const { id } = await bulk.stop(context.get('person'), context.req.param('job'))
    return goTo(context, `deliveries/jobs/${id}`)
  })

  return app
}

function wantedBy(values: Record<string, string>): Pick<BulkJob, 'kind' | 'filter'> {
  const kind = values.kind === 'cancel' ? 'cancel' : 'resend'
  const { filter } = readLogQuery(values)
  if (!isFiltered(filter)) {
    throw new HttpError(422, 'no_filter', 'Choose which deliveries are meant: filter them first.')
  }
  return { kind, filter }
}
