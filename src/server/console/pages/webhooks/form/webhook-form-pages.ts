import { Hono } from 'hono'
import type { Webhook } from '../../../../../schema/webhook.ts'
import { toError } from '../../../../to-error.ts'
import { type ConsoleContext, type ConsoleEnv, requireRole } from '../../../access/person.ts'
import type { ConsoleServices } from '../../../console-services.ts'
import { previewParts } from '../../../message/message-preview.ts'
import { readFormValues } from '../../../ui/forms/form-values.ts'
import { idIn } from '../../../ui/markup.ts'
import { editWebhookPages } from './edit-webhook-pages.ts'
import { backOf, newWebhookPages } from './new-webhook-pages.ts'
import { readWebhookForm } from './read-webhook-form.ts'
import { createWebhookFormView } from './webhook-form-view.ts'

/** Making a webhook and changing one; while one does: *Probe*, and the message that it would send. */
export function webhookFormPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const { webhooks } = services
  const view = createWebhookFormView(services)
  const owners = requireRole('owner')
  const app = new Hono<ConsoleEnv>()

  async function beforeOf(context: ConsoleContext): Promise<{ before: Webhook | undefined; isNew: boolean }> {
    const id = context.req.param('id')
    return { isNew: id === undefined, before: id === undefined ? undefined : await webhooks.findOwn(idIn(id)) }
  }

  for (const base of ['/webhooks/new', '/webhooks/:id/edit']) {
    app.post(`${base}/probe`, owners, async context => {
      const { before, isNew } = await beforeOf(context)
      const form = await readFormValues(context)
      const { webhook, template } = readWebhookForm(form, before?.id ?? '', before)
      const headers = Object.keys(webhook.headers ?? {})
      const probe = await webhooks
        .probe(webhook.url ?? '', { headers: webhook.auth ? [...headers, 'authorization'] : headers })
        .catch(error => ({ error: toError(error).message }))
      // What was chosen stays unless it can't work.
      const chosen = webhook.transport ?? 'relay'
      const fits = chosen === 'relay' || chosen === 'auto' || 'error' in probe || chosen === probe.transport
      return view.show(context, {
        isNew,
        webhook: fits ? webhook : { ...webhook, transport: probe.transport },
        template,
        rev: form.text('rev'),
        back: backOf(form.text('back')),
        once: form.text('once'),
        probe,
      })
    })
    app.post(`${base}/preview`, owners, async context => {
      const { before } = await beforeOf(context)
      const { webhook } = readWebhookForm(await readFormValues(context), before?.id ?? 'new', before)
      return context.html(await previewParts({ webhook }))
    })
  }
  return app.route('/', newWebhookPages(services, view)).route('/', editWebhookPages(services, view))
}
