import { subscriptionSchema } from '../../../../../schema/event.ts'
import type { Problem } from '../../../../../schema/problems/config-error.ts'
import type { Webhook } from '../../../../../schema/webhook.ts'
import type { Probe } from '../../../../egress/probe.ts'
import { dataRows } from '../../../message/data-rows.ts'
import { messagePreview } from '../../../message/message-preview.ts'
import { checkField, hiddenField, selectField, textArea, textField } from '../../../ui/forms/form-fields.ts'
import { tickFields } from '../../../ui/forms/many-choices.ts'
import { html, type Markup, nothing, when } from '../../../ui/markup.ts'
import { noteBar } from '../../../ui/notes.ts'
import { card } from '../../../ui/parts.ts'
import { eventTitle, eventWords } from '../event-words.ts'
import { bodyFieldsOf, bodyKinds } from './body-kinds.ts'

export interface WebhookFormOptions {
  webhook: Webhook
  /** Of the webhook that is changed; empty for a new one. */
  rev: string
  /** Where the form goes; the buttons beside *Save* go to addresses below it. */
  action: string
  /** Contents that it may be limited to. */
  contents: readonly { id: string; name: string }[]
  suggestions: readonly { name: string; from: string }[]
  problems?: readonly Problem[] | undefined
  probe?: Probe | { error: string } | undefined
  /** A template that could not be read. */
  template?: string | undefined
  /** Of a new one: what tells this form from others, so that it makes one webhook however often it is sent. */
  once?: string | undefined
  /** Where to go after saving. */
  back?: string | undefined
}

/** How a page's trigger reaches the endpoint. */
const transports = [
  { value: 'relay', label: 'Through the companion (recommended)' },
  { value: 'auto', label: 'Straight from the browser, whichever way works' },
  { value: 'cors', label: 'Straight from the browser, as JSON' },
  { value: 'simple', label: 'Straight from the browser, without reading the answer' },
]

/** Everything about a webhook, with the exact message beside it. */
export function webhookForm(options: WebhookFormOptions): Markup {
  const { webhook, rev, action, problems = [], back } = options
  const errorOf = (path: string) => problems.find(problem => problem.path === path)?.message
  const shown = ['name', 'url', 'method', 'transport', 'auth', 'body', 'concurrency', 'ratePerSecond']
  const others = problems.filter(({ path }) => !shown.includes(path))
  const isLimited = webhook.concurrency !== undefined || webhook.ratePerSecond !== undefined
  return html`<form method="post" action="${action}" class="split" data-preview="${action}/preview" data-target="message">
<div class="stack">
${when(others.length > 0 && others, list => noteBar({ tone: 'bad', text: html`<ul>${list.map(({ path, message }) => html`<li><code>${path}</code> ${message}</li>`)}</ul>` }))}
${hiddenField('rev', rev)}${when(back, path => hiddenField('back', path))}${when(options.once, id => hiddenField('once', id))}
${card({
  title: 'Endpoint',
  body: html`<div class="form">
${textField({ name: 'name', label: 'Name', value: webhook.name ?? '', isRequired: true, error: errorOf('name'), hint: 'What authors pick it by. It travels with each message.' })}
${textField({ name: 'url', label: 'URL', type: 'url', value: webhook.url ?? '', placeholder: 'https://hooks.example.com/lead', isRequired: true, error: errorOf('url') })}
<div class="buttons"><button class="button" formaction="${action}/probe" formnovalidate>Probe</button><span class="hint">Asks the endpoint whether a browser may post to it. Nothing is sent.</span></div>
${probeResult(options.probe)}
<div class="columns">${selectField({
    name: 'method',
    label: 'Method',
    value: webhook.method ?? 'POST',
    choices: [
      { value: 'POST', label: 'POST: the message is the body' },
      { value: 'GET', label: 'GET: the data are parameters' },
    ],
    error: errorOf('method'),
  })}
${selectField({ name: 'transport', label: 'Transport', value: webhook.transport ?? 'relay', choices: transports, error: errorOf('transport'), hint: 'What goes straight from the browser is not in the delivery log: the companion never sees it.' })}</div>
</div>`,
})}
${card({
  title: 'Message',
  body: html`<div class="form">${bodyPart(options, errorOf('body'))}${dataRows({ data: webhook.data ?? {}, suggestions: options.suggestions })}${checkField({ name: 'anyData', label: 'Take other data as well', hint: 'What the page’s own code sends by tourhook.trigger() under keys that neither this webhook nor a tour names. Without it, they are left out.', isChecked: webhook.anyData === true })}</div>`,
})}
${eventsCard(options)}
<details class="card"${pairsOpen(webhook) || isLimited ? html` open` : nothing}><summary>Parameters, headers, password and limits</summary><div class="form">
${pairs(
  'query',
  'URL parameters',
  Object.entries(webhook.query ?? {}).map(([name, value]) => ({ name, value: String(value) })),
)}
${headerRows(Object.keys(webhook.headers ?? {}))}
<fieldset><legend>Basic authentication</legend><div class="columns">${textField({ name: 'username', label: 'User name', value: webhook.auth?.username ?? '', error: errorOf('auth') })}
<div class="field"><label for="f-password">Password</label><input id="f-password" name="password" type="password" autocomplete="new-password"${webhook.auth ? html` placeholder="unchanged"` : nothing}></div></div></fieldset>
<div class="columns">${textField({ name: 'concurrency', label: 'Attempts at the same time', type: 'number', isOptional: true, value: String(webhook.concurrency ?? ''), error: errorOf('concurrency') })}
${textField({ name: 'ratePerSecond', label: 'Attempts a second', type: 'number', isOptional: true, value: String(webhook.ratePerSecond ?? ''), error: errorOf('ratePerSecond') })}</div>
</div></details>
<div class="buttons"><button class="button primary">Save</button><a class="button quiet" href="${back === undefined ? '.' : back}">Back</a></div>
</div>
<aside class="stack">${messagePreview({ webhook })}</aside>
</form>`
}

function probeResult(probe: WebhookFormOptions['probe']): Markup {
  if (!probe) return nothing
  if ('error' in probe) return noteBar({ tone: 'bad', text: html`<p><b>No answer.</b> ${probe.error}</p>` })
  const words = {
    cors: 'A browser can post JSON here and read the answer.',
    simple: 'A browser can post here, but not read the answer.',
    relay: 'A browser can’t post here; through the companion it works.',
  }
  return noteBar({
    tone: probe.transport === 'cors' ? 'good' : 'wait',
    text: html`<p><b>${words[probe.transport]}</b></p><p class="small">The endpoint answered ${probe.status}: ${probe.reason}.</p>`,
  })
}

function bodyPart({ webhook, template }: WebhookFormOptions, error: string | undefined): Markup {
  const fields = bodyFieldsOf(webhook.body)
  const kind = template === undefined ? fields.kind : 'template'
  return html`${selectField({ name: 'body', label: 'What is sent', value: kind, choices: bodyKinds })}
<div class="for-chat">${textArea({ name: 'text', label: 'Text for a chat', isOptional: true, value: fields.text, hint: 'For Slack, Teams and Discord. {placeholders} are answers, tags, {userId} and {tour.name}.' })}</div>
<div class="for-template">${textArea({ name: 'template', label: 'Template', isCode: true, isOptional: true, value: template ?? (kind === 'template' ? fields.template : ''), error, hint: 'JSON. {placeholders} are filled in and can’t break out of their text.' })}</div>`
}

function eventsCard({ webhook, contents }: WebhookFormOptions): Markup {
  const chosen = webhook.events ?? []
  return card({
    title: 'Events',
    lead: 'What sends it by itself, besides the tour steps that name it.',
    body: html`<div class="form"><div class="columns checks">${subscriptionSchema.options.map(name =>
      checkField({
        name: 'events',
        value: name,
        label: eventTitle(name),
        hint: eventWords[name],
        isChecked: chosen.includes(name),
      }),
    )}</div>${
      contents.length > 0
        ? html`<details${webhook.contents ? html` open` : nothing}><summary>Only for some tours, checklists or banners</summary>${tickFields({ name: 'contents', choices: contents, chosen: webhook.contents ?? [] })}<p class="hint">With none ticked, it is sent for all of them.</p></details>`
        : nothing
    }</div>`,
  })
}

function pairs(name: string, legend: string, entries: readonly { name: string; value: string }[]): Markup {
  const rows = [...entries, { name: '', value: '' }, { name: '', value: '' }]
  return html`<fieldset><legend>${legend}</legend><div class="checks">${rows.map(
    (row, index) =>
      html`<div class="columns"><input name="${name}.name" value="${row.name}" aria-label="${legend}: name ${index + 1}" placeholder="Name" autocomplete="off"><input name="${name}.value" value="${row.value}" aria-label="${legend}: value ${index + 1}" placeholder="Value" autocomplete="off"></div>`,
  )}</div></fieldset>`
}

/** A header's value is often a password: it can be replaced, never read. */
function headerRows(names: readonly string[]): Markup {
  return html`<fieldset><legend>Extra headers</legend><div class="checks">${[...names, '', ''].map(
    (name, index) =>
      html`<div class="columns"><input name="headers.name" value="${name}" aria-label="Extra headers: name ${index + 1}" placeholder="Name" autocomplete="off"><input name="headers.value" type="password" aria-label="Extra headers: value ${index + 1}" placeholder="${name === '' ? 'Value' : 'unchanged'}" autocomplete="new-password"></div>`,
  )}</div><p class="hint">Values are shown to nobody. Clear a name to take its header away.</p></fieldset>`
}

function pairsOpen({ query, headers, auth }: Webhook): boolean {
  return query !== undefined || headers !== undefined || auth !== undefined
}
