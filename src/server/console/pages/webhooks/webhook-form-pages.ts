import { Hono } from 'hono'
import { ConfigError, type Problem } from '../../../../schema/problems/config-error.ts'
import type { Webhook } from '../../../../schema/webhook.ts'
import type { Json } from '../../../../values/json.ts'
import { toError } from '../../../to-error.ts'
import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import { type ConsoleContext, type ConsoleEnv, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { previewParts } from '../../message/message-preview.ts'
import { changedParts, revOfWebhook } from '../../services/webhook-service.ts'
import { readFormValues } from '../../ui/form-values.ts'
import { html, idIn, segment } from '../../ui/markup.ts'
import type { Note } from '../../ui/notes.ts'
import { actionButton, linkButton } from '../../ui/parts.ts'
import { knownNames } from '../known-names.ts'
import { newWebhookId } from './new-webhook-id.ts'
import { readWebhookForm } from './read-webhook-form.ts'
import { webhookDetail } from './webhook-detail.ts'
import { type WebhookFormOptions, webhookForm } from './webhook-form.ts'
import { webhookState } from './webhook-list.ts'

const crumbs = [{ name: 'Webhooks', path: 'webhooks' }]

/** Making a webhook, and changing one. */
export function webhookFormPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const { webhooks, content, now, show, goTo } = services
  const app = new Hono<ConsoleEnv>()
  const owners = requireRole('owner')

  function findOwn(context: ConsoleContext): Promise<Webhook> {
    return webhooks.findOwn(idIn(context.req.param('id')))
  }

  async function contents() {
    const lists = await Promise.all(
      (['tours', 'checklists', 'banners'] as const).map(kind => content.list(kind)),
    )
    return lists
      .flat()
      .map(({ id, draft, published }) => ({ id, name: textOf(draft ?? published, 'name') ?? id }))
  }

  async function showForm(
    context: ConsoleContext,
    {
      webhook,
      isNew,
      note,
      status,
      ...more
    }: Pick<WebhookFormOptions, 'webhook'> &
      Partial<WebhookFormOptions> & { isNew: boolean; note?: Note; status?: 200 | 409 | 422 },
  ): Promise<Response> {
    const root = context.get('root')
    const { id } = webhook
    const body = webhookForm({
      webhook,
      rev: '',
      action: isNew ? `${root}webhooks/new` : `${root}webhooks/${segment(id)}/edit`,
      contents: await contents(),
      suggestions: await knownNames(services, context.get('person')),
      ...more,
    })
    return show(
      context,
      {
        title: isNew ? 'New webhook' : `Edit ${webhook.name || id}`,
        section: 'Webhooks',
        crumbs: isNew ? crumbs : [...crumbs, { name: webhook.name || id, path: `webhooks/${segment(id)}` }],
        note,
        body,
      },
      status,
    )
  }

  app.get('/webhooks/new', owners, context =>
    showForm(context, { isNew: true, webhook: { id: '' }, back: backOf(context.req.query('back') ?? '') }),
  )
  app.post('/webhooks/new', owners, async context => {
    const form = await readFormValues(context)
    const back = backOf(form.text('back'))
    const taken = new Set((await webhooks.list()).map(({ id }) => id))
    const { webhook, template } = readWebhookForm(form, newWebhookId(form.text('name'), taken), undefined)
    const problems = template === undefined ? [] : [notJson]
    if (problems.length > 0)
      return showForm(context, { isNew: true, webhook, template, back, problems, status: 422 })
    try {
      const made = await webhooks.create(context.get('person'), webhook)
      return showCreated(context, { ...made, back })
    } catch (error) {
      return showForm(context, { isNew: true, webhook, back, problems: problemsOfError(error), status: 422 })
    }
  })

  /** The secret is shown in the answer itself: it is kept nowhere from where a next page could show it. */
  function showCreated(
    context: ConsoleContext,
    { webhook, secret, back }: { webhook: WebhookSummary; secret: string; back: string | undefined },
  ): Promise<Response> {
    const { id } = webhook
    const root = context.get('root')
    const here = `${root}webhooks/${segment(id)}`
    const onward =
      back === undefined
        ? html`${actionButton({ action: `${here}/test`, label: 'Send a test', style: 'primary' })}${linkButton({ href: `${here}/edit`, label: 'Edit' })}`
        : linkButton({
            href: `${root}${back}?webhook=${encodeURIComponent(id)}`,
            label: 'Back to the step, with this webhook',
            style: 'primary',
          })
    return show(context, {
      title: webhook.name || id,
      section: 'Webhooks',
      crumbs,
      beside: webhookState(webhook, now()),
      note: { tone: 'good', text: 'Made. It works from now on.' },
      actions: onward,
      body: webhookDetail({
        webhook,
        uses: [],
        deliveries: [],
        history: [],
        root,
        now: now(),
        isOwner: true,
        isAuthor: true,
        secret,
      }),
    })
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
      return showForm(context, {
        isNew,
        webhook: fits ? webhook : { ...webhook, transport: probe.transport },
        template,
        rev: form.text('rev'),
        back: backOf(form.text('back')),
        probe,
      })
    })
    app.post(`${base}/preview`, owners, async context => {
      const { before } = await beforeOf(context)
      const { webhook } = readWebhookForm(await readFormValues(context), before?.id ?? 'new', before)
      return context.html(await previewParts({ webhook }))
    })
  }

  async function beforeOf(context: ConsoleContext): Promise<{ before: Webhook | undefined; isNew: boolean }> {
    const isNew = context.req.param('id') === undefined
    return { isNew, before: isNew ? undefined : await findOwn(context) }
  }
  app.get('/webhooks/:id/edit', owners, async context => {
    const webhook = await findOwn(context)
    return showForm(context, { isNew: false, webhook, rev: revOfWebhook(webhook) })
  })
  app.post('/webhooks/:id/edit', owners, async context => {
    const before = await findOwn(context)
    const form = await readFormValues(context)
    const { webhook, template } = readWebhookForm(form, before.id, before)
    const rev = form.text('rev')
    if (template !== undefined)
      return showForm(context, { isNew: false, webhook, template, rev, problems: [notJson], status: 422 })
    if (rev !== revOfWebhook(before)) {
      const text = html`<p><b>Somebody has saved this webhook since you opened it.</b> Yours differs in: ${changedParts(before, webhook).join(', ') || 'a hidden value'}. Nothing is saved yet: what you see below is yours. <a href="edit">Look at theirs</a>, or save again to put yours in its place.</p>`
      return showForm(context, {
        isNew: false,
        webhook,
        rev: revOfWebhook(before),
        note: { tone: 'wait', text },
        status: 409,
      })
    }
    const keys = new Set([...Object.keys(before), ...Object.keys(webhook)])
    const change = Object.fromEntries(
      [...keys].filter(key => key !== 'id').map(key => [key, Reflect.get(webhook, key)]),
    )
    try {
      await webhooks.update(context.get('person'), before.id, change, rev)
    } catch (error) {
      return showForm(context, { isNew: false, webhook, rev, problems: problemsOfError(error), status: 422 })
    }
    return goTo(context, `webhooks/${segment(before.id)}?note=stored`)
  })

  return app
}

const notJson: Problem = { path: 'body', message: 'the template is not JSON' }

function problemsOfError(error: unknown): Problem[] {
  if (error instanceof ConfigError) {
    return error.problems.map(({ path, message }) => ({ path: path.replace(/^webhooks\[0\]\.?/, ''), message }))
  }
  throw error
}

/** A page of the console, so that nobody is sent elsewhere. */
function backOf(path: string): string | undefined {
  return /^tours\/[\w%~.-]+(\/[\w%~.-]+)*$/.test(path) ? path : undefined
}

function textOf(value: Json | undefined, key: string): string | undefined {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof text === 'string' && text !== '' ? text : undefined
}
