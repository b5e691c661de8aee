import { Hono } from 'hono'
import { type OperationalEventName, operationalEventNames } from '../../../../schema/event.ts'
import type { AlertSettings } from '../../../alerts/alert-settings.ts'
import { HttpError } from '../../../companion/http-error.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { readListQuery } from '../../ui/list-pages.ts'
import { html, idIn, type Markup, segment } from '../../ui/markup.ts'
import type { Note } from '../../ui/notes.ts'
import { alertsByMail, alertsByWebhook } from './alert-view.ts'
import { showTab } from './settings-tabs.ts'

/** Who gets alerts when a webhook fails: people by e-mail, other systems by webhooks. */
export function alertPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const { alerts, webhooks, goTo } = services
  const owners = requireRole('owner')
  const app = new Hono<ConsoleEnv>()

  async function showAlerts(
    context: ConsoleContext,
    more: { settings?: AlertSettings; error?: HttpError; note?: Note } = {},
  ): Promise<Response> {
    const isOwner = hasRole(context.get('person'), 'owner')
    const root = context.get('root')
    const { error, note, settings = await alerts.settings() } = more
    const body: Markup = html`<div class="stack">${alertsByMail({ settings, error: error?.message, canMail: alerts.canMail, isOwner, root })}${alertsByWebhook(await webhooks.list(), { isOwner, root, query: readListQuery(context.req.query()) })}</div>`
    const status = error?.status === 409 || error?.status === 422 ? error.status : undefined
    return showTab(services, context, 'settings/alerts', body, { note, status })
  }

  app.get('/settings/alerts', context => showAlerts(context))
  app.post('/settings/alerts', owners, async context => {
    const form = await readFormValues(context)
    const settings = {
      addresses: [
        ...new Set(
          form
            .text('addresses')
            .split(/[\s,;]+/)
            .filter(Boolean),
        ),
      ],
      events: eventsIn(form.all('event')),
    }
    try {
      await alerts.save(context.get('person'), settings)
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      return showAlerts(context, { settings, error })
    }
    return goTo(context, 'settings/alerts?note=stored')
  })
  app.post('/settings/alerts/test', owners, async context => {
    try {
      const addresses = await alerts.test(context.get('person'))
      return showAlerts(context, { note: { tone: 'good', text: `Sent to ${addresses.join(', ')}.` } })
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      return showAlerts(context, { error, note: { tone: 'bad', text: error.message } })
    }
  })
  app.post('/settings/alerts/webhooks/:id', owners, async context => {
    const id = idIn(context.req.param('id'))
    const { events = [] } = await webhooks.findOwn(id)
    const chosen = eventsIn((await readFormValues(context)).all('event'))
    const others = events.filter(event => !operationalEventNames.some(name => name === event))
    await webhooks.update(context.get('person'), id, { events: [...others, ...chosen] })
    return goTo(context, `settings/alerts?note=stored#${segment(id)}`)
  })

  return app
}

function eventsIn(names: readonly string[]): OperationalEventName[] {
  return operationalEventNames.filter(name => names.includes(name))
}
