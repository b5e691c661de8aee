import type { Webhook } from '../../../../../schema/webhook.ts'
import type { WebhookSummary } from '../../../../webhooks/webhook-summary.ts'
import type { ConsoleContext } from '../../../access/person.ts'
import type { ConsoleServices } from '../../../console-services.ts'
import { nameOfItem } from '../../../content/content-item.ts'
import { html, segment } from '../../../ui/markup.ts'
import type { Note } from '../../../ui/notes.ts'
import { actionButton, linkButton } from '../../../ui/parts.ts'
import { knownNames } from '../../known-names.ts'
import { webhookDetail } from '../webhook-detail.ts'
import { webhookState } from '../webhook-list.ts'
import { type WebhookFormOptions, webhookForm } from './webhook-form.ts'

const crumbs = [{ name: 'Webhooks', path: 'webhooks' }]

export interface ShownForm
  extends Pick<WebhookFormOptions, 'webhook'>,
    Partial<Omit<WebhookFormOptions, 'webhook'>> {
  isNew: boolean
  note?: Note | undefined
  status?: 200 | 409 | 422 | undefined
}

/** A webhook's form on its page, and what is shown once it is saved with a secret. */
export interface WebhookFormView {
  show(context: ConsoleContext, form: ShownForm): Promise<Response>
  /** The secret is shown in the answer itself: it is kept nowhere from where a next page could show it. */
  showSecret(
    context: ConsoleContext,
    made: { webhook: WebhookSummary; secret: string; note: string; back?: string | undefined },
  ): Promise<Response>
}

export function createWebhookFormView(services: ConsoleServices): WebhookFormView {
  const { content, clock, show } = services

  /** What a webhook may be limited to. */
  async function contents() {
    const lists = await Promise.all(
      (['tours', 'checklists', 'banners'] as const).map(kind => content.list(kind)),
    )
    return lists.flat().map(item => ({ id: item.id, name: nameOfItem(item) }))
  }

  return {
    async show(context, { webhook, isNew, note, status, ...more }) {
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
      const name = nameOf(webhook)
      const page = {
        title: isNew ? 'New webhook' : `Edit ${name}`,
        section: 'Webhooks' as const,
        crumbs: isNew ? crumbs : [...crumbs, { name, path: `webhooks/${segment(id)}` }],
        note,
        body,
      }
      return show(context, page, status)
    },
    showSecret(context, { webhook, secret, note, back }) {
      const root = context.get('root')
      const here = `${root}webhooks/${segment(webhook.id)}`
      return show(context, {
        title: webhook.name || webhook.id,
        section: 'Webhooks',
        crumbs,
        beside: webhookState(webhook, clock.now()),
        note: { tone: 'good', text: note },
        actions:
          back === undefined
            ? html`${actionButton({ action: `${here}/test`, label: 'Send a test', style: 'primary' })}${linkButton({ href: `${here}/edit`, label: 'Edit' })}`
            : linkButton({
                href: `${root}${back}?webhook=${encodeURIComponent(webhook.id)}`,
                label: 'Back to the step, with this webhook',
                style: 'primary',
              }),
        body: webhookDetail({
          webhook,
          uses: [],
          deliveries: [],
          history: [],
          root,
          now: clock.now(),
          isOwner: true,
          isAuthor: true,
          secret,
        }),
      })
    },
  }
}

function nameOf({ name, id }: Pick<Webhook, 'name' | 'id'>): string {
  return name || id
}
