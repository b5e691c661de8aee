import { Hono } from 'hono'
import type { Webhook } from '../../../../schema/webhook.ts'
import { HttpError } from '../../../companion/http-error.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { previewParts } from '../../message/message-preview.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { html, idIn, type Markup, segment } from '../../ui/markup.ts'
import type { Note } from '../../ui/notes.ts'
import { actionButton, badge, linkButton } from '../../ui/parts.ts'
import { webhookDetail } from './webhook-detail.ts'
import { webhookState } from './webhook-list.ts'

const crumbs = [{ name: 'Webhooks', path: 'webhooks' }]

/** One webhook, and what can be done with it. */
export function webhookDetailPages({
  webhooks,
  deliveries: log,
  clock,
  show,
  goTo,
}: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  const owners = requireRole('owner')

  function find(context: ConsoleContext) {
    return webhooks.find(idIn(context.req.param('id')))
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
      beside: html`${webhookState(webhook, clock.now())}${isOwn ? '' : badge('mute', 'in the config file', 'lock')}`,
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
        now: clock.now(),
        isOwner,
        isAuthor,
        secret: more.secret,
        tested: more.tested,
      }),
    })
  }

  app.get('/webhooks/:id', context => showDetail(context))
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

function requestView(webhook: Webhook): Markup {
  return previewParts({
    webhook: webhook.events?.length ? webhook : { ...webhook, events: ['tour_completed'] },
  })
}
