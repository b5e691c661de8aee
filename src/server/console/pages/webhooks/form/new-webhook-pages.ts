import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { type ConsoleEnv, requireRole } from '../../../access/person.ts'
import type { ConsoleServices } from '../../../console-services.ts'
import { readFormValues } from '../../../ui/forms/form-values.ts'
import { segment } from '../../../ui/markup.ts'
import { newWebhookId } from './new-webhook-id.ts'
import { readWebhookForm } from './read-webhook-form.ts'
import { notJson, problemsOfError } from './webhook-form-problems.ts'
import type { WebhookFormView } from './webhook-form-view.ts'

const mostRemembered = 1_000

/** Making a webhook, by itself or on the way back to a step. */
export function newWebhookPages({ webhooks, goTo }: ConsoleServices, view: WebhookFormView): Hono<ConsoleEnv> {
  /** What each form has made: sent again, by a reload or a second click, it makes no second one. */
  const made = new Map<string, string>()

  function remember(once: string, id: string): void {
    if (once !== '') made.set(once, id)
    const [oldest] = made.keys()
    if (made.size > mostRemembered && oldest !== undefined) made.delete(oldest)
  }

  const owners = requireRole('owner')
  return new Hono<ConsoleEnv>()
    .get('/webhooks/new', owners, context =>
      view.show(context, {
        isNew: true,
        webhook: { id: '' },
        once: randomUUID(),
        back: backOf(context.req.query('back') ?? ''),
      }),
    )
    .post('/webhooks/new', owners, async context => {
      const form = await readFormValues(context)
      const [back, once] = [backOf(form.text('back')), form.text('once')]
      const known = made.get(once)
      if (known !== undefined && (await webhooks.get(known)))
        return goTo(context, `webhooks/${segment(known)}?note=once`)
      const taken = new Set((await webhooks.list()).map(({ id }) => id))
      const { webhook, template } = readWebhookForm(form, newWebhookId(form.text('name'), taken), undefined)
      const again = { isNew: true, webhook, template, back, once, status: 422 } as const
      if (template !== undefined) return view.show(context, { ...again, problems: [notJson] })
      try {
        const created = await webhooks.create(context.get('person'), webhook)
        remember(once, created.webhook.id)
        return view.showSecret(context, { ...created, back, note: 'Made. It works from now on.' })
      } catch (error) {
        return view.show(context, { ...again, problems: problemsOfError(error) })
      }
    })
}

/** A page of the console, so that nobody is sent elsewhere. */
export function backOf(path: string): string | undefined {
  return /^tours\/[\w%~.-]+(\/[\w%~.-]+)*$/.test(path) ? path : undefined
}
