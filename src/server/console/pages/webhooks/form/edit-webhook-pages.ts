import { Hono } from 'hono'
import { type ConsoleEnv, requireRole } from '../../../access/person.ts'
import type { ConsoleServices } from '../../../console-services.ts'
import { changedParts, revOfWebhook } from '../../../services/webhook-service.ts'
import { readFormValues } from '../../../ui/forms/form-values.ts'
import { html, idIn, segment } from '../../../ui/markup.ts'
import { readWebhookForm } from './read-webhook-form.ts'
import { keptSecrets, notJson, problemsOfError } from './webhook-form-problems.ts'
import type { WebhookFormView } from './webhook-form-view.ts'

/** Changing a webhook that was made here. */
export function editWebhookPages({ webhooks, goTo }: ConsoleServices, view: WebhookFormView): Hono<ConsoleEnv> {
  const owners = requireRole('owner')
  return new Hono<ConsoleEnv>()
    .get('/webhooks/:id/edit', owners, async context => {
      const webhook = await webhooks.findOwn(idIn(context.req.param('id')))
      return view.show(context, { isNew: false, webhook, rev: revOfWebhook(webhook) })
    })
    .post('/webhooks/:id/edit', owners, async context => {
      const before = await webhooks.findOwn(idIn(context.req.param('id')))
      const form = await readFormValues(context)
      const { webhook, template } = readWebhookForm(form, before.id, before)
      const rev = form.text('rev')
      const again = { isNew: false, webhook, template, rev, status: 422 } as const
      const problems = [...(template === undefined ? [] : [notJson]), ...keptSecrets(form, before)]
      if (problems.length > 0) return view.show(context, { ...again, problems })
      if (rev !== revOfWebhook(before)) {
        const text = html`<p><b>Somebody has saved this webhook since you opened it.</b> Yours differs in: ${changedParts(before, webhook).join(', ') || 'a hidden value'}. Nothing is saved yet: what you see below is yours. <a href="edit">Look at theirs</a>, or save again to put yours in its place.</p>`
        const note = { tone: 'wait', text } as const
        return view.show(context, { ...again, rev: revOfWebhook(before), note, status: 409 })
      }
      const keys = new Set([...Object.keys(before), ...Object.keys(webhook)])
      const change = Object.fromEntries(
        [...keys].filter(key => key !== 'id').map(key => [key, Reflect.get(webhook, key)]),
      )
      try {
        const { secret, ...saved } = await webhooks.update(context.get('person'), before.id, change, rev)
        if (secret !== undefined) {
          const note = 'Saved. Its address has another origin, so it has a new secret.'
          return view.showSecret(context, { webhook: saved, secret, note })
        }
      } catch (error) {
        return view.show(context, { ...again, problems: problemsOfError(error) })
      }
      return goTo(context, `webhooks/${segment(before.id)}?note=stored`)
    })
}
