import { Hono } from 'hono'
import { ConfigError, type Problem } from '../../../../schema/problems/config-error.ts'
import type { Webhook } from '../../../../schema/webhook.ts'
import type { Json } from '../../../../values/json.ts'
import { HttpError } from '../../../companion/http-error.ts'
import { toError } from '../../../to-error.ts'
import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, type Person, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { previewParts } from '../../message/message-preview.ts'
import { changedParts, revOfWebhook } from '../../services/webhook-service.ts'
import { readFormValues } from '../../ui/form-values.ts'
import { html, idIn, type Markup, nothing, segment } from '../../ui/markup.ts'
import type { Note } from '../../ui/notes.ts'
import { actionButton, badge, linkButton } from '../../ui/parts.ts'
import { knownNames } from '../known-names.ts'
import { readWebhookForm } from './read-webhook-form.ts'
import { webhookDetail } from './webhook-detail.ts'
import { type WebhookFormOptions, webhookForm } from './webhook-form.ts'
import { type WebhookCourse, webhookList, webhookState } from './webhook-list.ts'

const hourMs = 3_600_000
const pageSize = 50

/** The webhooks' pages. They work at once: operations, not drafts. */
export function webhookPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const { webhooks, deliveries: log, content, now, show, goTo } = services
  const crumbs = [{ name: 'Webhooks', path: 'webhooks' }]

  function find(context: ConsoleContext) {
    return webhooks.find(idIn(context.req.param('id')))
  }

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

  async function showDetail(
    context: ConsoleContext,
    more: { secret?: string; tested?: Parameters<typeof webhookDetail>[0]['tested']; note?: Note } = {},
  ): Promise<Response> {
    const webhook = await find(context)
    const [root, person] = [context.get('root'), context.get('person')]
    const { deliveries } = await log.list(person, { webhook: webhook.id, limit: 8 })
    const history = await webhooks.history(webhook.id)
    const here = `${root}webhooks/${segment(webhook.id)}`
    const isOwner = hasRole(person, 'owner')
    const isAuthor = hasRole(person, 'author')
    const isOwn = webhook.source === 'runtime'
    return show(context, {
      title: webhook.name || webhook.id,
      section: 'Webhooks',
      crumbs,
      beside: html`${webhookState(webhook, now())}${isOwn ? '' : badge('mute', 'in the config file', 'lock')}`,
      note: more.note,
      actions: html`${isAuthor ? actionButton({ action: `${here}/test`, label: 'Send a test', style: 'primary' }) : ''}${
        isOwner && isOwn ? linkButton({ href: `${here}/edit`, label: 'Edit' }) : ''
      }${
        isOwner
          ? actionButton({
              action: `${here}/${webhook.disabled ? 'enable' : 'disable'}`,
              label: webhook.disabled ? 'Enable' : 'Disable',
            })
          : ''
      }`,
      body: webhookDetail({
        webhook,
        uses: (await webhooks.uses()).get(webhook.id) ?? [],
        deliveries,
        history,
        root,
        now: now(),
        isOwner,
        isAuthor,
        secret: more.secret,
        tested: more.tested,
      }),
    })
  }

  async function courseOf(person: Person, webhook: string): Promise<[string, WebhookCourse]> {
    const [hours, { deliveries }] = await Promise.all([
      log.hours({ webhook, since: now() - 23 * hourMs }),
      log.list(person, { webhook, limit: 5 }),
    ])
    const attempts = deliveries.flatMap(({ attempts }) => attempts)
    return [webhook, { hours, last: attempts.sort((a, b) => b.at - a.at)[0] }]
  }

  const app = new Hono<ConsoleEnv>()
  const owners = requireRole('owner')

  app.get('/webhooks', async context => {
    const person = context.get('person')
    const mayMake = hasRole(person, 'owner')
    const root = context.get('root')
    const all = await webhooks.list()
    const first = Math.max(0, Number(context.req.query('from')) || 0)
    const listed = all.slice(first, first + pageSize)
    return show(context, {
      title: 'Webhooks',
      section: 'Webhooks',
      lead: 'Addresses that are told what visitors do. They work at once; nothing is to be published.',
      actions: mayMake
        ? linkButton({ href: `${root}webhooks/new`, label: 'New webhook', picture: 'plus', style: 'primary' })
        : undefined,
      body: html`<div class="stack">${webhookList(listed, {
        uses: await webhooks.uses(),
        courses: new Map(await Promise.all(listed.map(({ id }) => courseOf(person, id)))),
        now: now(),
        root,
        mayMake,
      })}${
        first + pageSize < all.length
          ? html`<p class="buttons">${linkButton({ href: `${root}webhooks?from=${first + pageSize}`, label: `More: ${all.length - first - pageSize}` })}</p>`
          : nothing
      }</div>`,
    })
  })

  app.get('/webhooks/new', owners, context =>
    showForm(context, { isNew: true, webhook: { id: '' }, back: backOf(context.req.query('back') ?? '') }),
  )
  app.post('/webhooks/new', owners, async context => {
    const form = await readFormValues(context)
    const back = backOf(form.text('back'))
    const taken = new Set((await webhooks.list()).map(({ id }) => id))
    const { webhook, template } = readWebhookForm(form, idFor(form.text('name'), taken), undefined)
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

  app.get('/webhooks/:id', context => showDetail(context))
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

  app.post('/webhooks/:id/test', requireRole('author'), async context => {
    const { id } = await find(context)
    const settings = (await webhooks.settings(id)) ?? { id }
    const attempt = await webhooks.test(context.get('person'), id)
    return showDetail(context, { tested: { attempt, request: requestView(settings) } })
  })
  app.post('/webhooks/:id/rotate', owners, async context => {
    const { secret } = await webhooks.rotateSecret(context.get('person'), idIn(context.req.param('id')))
    return showDetail(context, { secret })
  })
  app.post('/webhooks/:id/enable', owners, async context => {
    const { id } = await webhooks.enable(context.get('person'), idIn(context.req.param('id')))
    return goTo(context, `webhooks/${segment(id)}?note=enabled`)
  })
  app.post('/webhooks/:id/disable', owners, async context => {
    const { id } = await webhooks.disable(context.get('person'), idIn(context.req.param('id')))
    return goTo(context, `webhooks/${segment(id)}?note=disabled`)
  })
  app.post('/webhooks/:id/recover', owners, async context => {
    const { id } = await find(context)
    const since = Date.parse(`${(await readFormValues(context)).text('since')}Z`)
    if (Number.isNaN(since)) throw new HttpError(422, 'invalid', 'Enter the time since when to recover.')
    const count = await log.resendAll(context.get('person'), { webhook: id, since, state: 'failed' })
    return showDetail(context, {
      note: {
        tone: 'good',
        text: `${count === 1 ? '1 delivery is' : `${count} deliveries are`} queued again.`,
      },
    })
  })
  app.post('/webhooks/:id/remove', owners, async context => {
    await webhooks.remove(context.get('person'), idIn(context.req.param('id')))
    return goTo(context, 'webhooks?note=removed')
  })

  return app
}

const notJson: Problem = { path: 'body', message: 'the template is not JSON' }

function requestView(webhook: Webhook): Markup {
  return previewParts({
    webhook: webhook.events?.length ? webhook : { ...webhook, events: ['tour_completed'] },
  })
}

function problemsOfError(error: unknown): Problem[] {
  if (error instanceof ConfigError) {
    return error.problems.map(({ path, message }) => ({ path: path.replace(/^webhooks\[0\]\.?/, ''), message }))
  }
  throw error
}

/** An id that says what the webhook is: `crm-lead`, `crm-lead-2`. */
function idFor(name: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'webhook'
  let id = plain
  for (let number = 2; taken.has(id); number += 1) id = `${plain}-${number}`
  return id
}

/** A page of the console, so that nobody is sent elsewhere. */
function backOf(path: string): string | undefined {
  return /^tours\/[\w%~.-]+(\/[\w%~.-]+)*$/.test(path) ? path : undefined
}

function textOf(value: Json | undefined, key: string): string | undefined {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof text === 'string' && text !== '' ? text : undefined
}
