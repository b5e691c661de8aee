import { type OperationalEventName, operationalEventNames } from '../../../../schema/event.ts'
import type { AlertSettings } from '../../../alerts/alert-settings.ts'
import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import { checkField, textArea } from '../../ui/forms/form-fields.ts'
import { type ListQuery, listPage, listPager, listSearch } from '../../ui/list-pages.ts'
import { html, type Markup, nothing, segment } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, badge, card, goButton } from '../../ui/parts.ts'

const sentences: Record<OperationalEventName, string> = {
  webhook_failing: 'A webhook is failing: four attempts in a row',
  webhook_disabled: 'A webhook is disabled, by a 410 or after five days',
  webhook_recovered: 'A webhook that was failing works again',
  delivery_exhausted: 'A message was given up',
}

/** Each row holds a form. */
const rowsOfAPage = 25

/** Alerts to people. */
export function alertsByMail({
  settings: { addresses, events },
  error,
  canMail,
  isOwner,
  root,
}: {
  settings: AlertSettings
  error: string | undefined
  canMail: boolean
  isOwner: boolean
  root: string
}): Markup {
  const missing = html`<p>No mail server is set. Start the companion with <code>TOURHOOK_SMTP_URL=smtps://user:password@mail.example.com</code>, or give <code>createCompanion</code> an <code>smtpUrl</code>.</p>`
  return card({
    title: 'By e-mail',
    lead: 'A minute after the first, then once an hour at the most, with all that has happened since.',
    body: html`<div class="stack">${canMail ? nothing : noteBar({ tone: 'info', text: missing })}<form method="post" action="${root}settings/alerts" class="form">${textArea(
      {
        name: 'addresses',
        label: 'Addresses',
        value: addresses.join('\n'),
        hint: 'One a line.',
        error,
        isDisabled: !isOwner,
      },
    )}<fieldset><legend>When</legend>${eventChecks(events, !isOwner)}</fieldset>${
      isOwner ? html`<div class="buttons"><button class="button primary">Save</button></div>` : nothing
    }</form>${
      isOwner && canMail && addresses.length > 0
        ? actionButton({ action: `${root}settings/alerts/test`, label: 'Send a test e-mail' })
        : nothing
    }</div>`,
  })
}

/** Alerts to chats and other systems: each is a delivery of its own. */
export function alertsByWebhook(
  webhooks: readonly WebhookSummary[],
  { isOwner, root, query }: { isOwner: boolean; root: string; query: ListQuery },
): Markup {
  const sorted = webhooks.toSorted((a, b) => alertsOf(b).length - alertsOf(a).length)
  const page = listPage(sorted, query, ({ id, name = '' }) => [name, id], rowsOfAPage)
  const { shown } = page
  const href = `${root}settings/alerts`
  const text = 'A webhook that gets alerts raises none itself, so give them one of their own, such as a chat’s.'
  return html`${listSearch(page, href)}<section class="card flush"><header><div><h2>By webhook</h2><p>${text}</p></div>${
    isOwner ? goButton({ href: `${root}webhooks/new`, label: 'New webhook', style: 'slim' }) : nothing
  }</header><ul class="rows">${shown.map(webhook => {
    const { id, name, endpoint, source } = webhook
    const heard = alertsOf(webhook)
    const mayChange = isOwner && source === 'runtime'
    const state =
      heard.length > 0
        ? badge('info', heard.length === 4 ? 'all alerts' : `${heard.length} of 4`)
        : badge('mute', 'none')
    return html`<li class="row alerts" id="${segment(id)}"><details><summary><span class="main-line">${name || id}</span> ${state}${source === 'config' ? html` ${badge('mute', 'in the config file', 'lock')}` : nothing}<span class="sub mono">${endpoint}</span></summary><form method="post" action="${root}settings/alerts/webhooks/${segment(id)}" class="form">${eventChecks(heard, !mayChange)}${
      mayChange
        ? html`<div class="buttons"><button class="button" aria-label="Save the alerts to ${name || id}">Save</button></div>`
        : nothing
    }</form></details></li>`
  })}</ul>${shown.length === 0 ? html`<p class="row soft">${page.search === '' ? 'There is no webhook yet.' : 'None has that in its name or id.'}</p>` : nothing}</section>${listPager(page, href)}`
}

/** The operational events that a webhook hears. */
function alertsOf({ events = [] }: Pick<WebhookSummary, 'events'>): OperationalEventName[] {
  return operationalEventNames.filter(name => events.includes(name))
}

function eventChecks(chosen: readonly OperationalEventName[], isDisabled: boolean): Markup {
  return html`<div class="checks">${operationalEventNames.map(name =>
    checkField({
      name: 'event',
      value: name,
      label: sentences[name],
      isChecked: chosen.includes(name),
      isDisabled,
    }),
  )}</div>`
}
