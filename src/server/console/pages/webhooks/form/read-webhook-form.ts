import { subscriptionSchema } from '../../../../../schema/event.ts'
import type { Webhook } from '../../../../../schema/webhook.ts'
import { omitUndefined } from '../../../../../values/omit-undefined.ts'
import { readDataRows } from '../../../message/data-rows.ts'
import type { FormValues } from '../../../ui/forms/form-values.ts'
import { readTicks } from '../../../ui/forms/many-choices.ts'
import { type BodyKind, bodyKinds, bodyOfFields } from './body-kinds.ts'

/** What a form says of a webhook. What it can't show, such as a password, stays as it was. */
export interface WebhookInput {
  webhook: Webhook
  /** A template that is no JSON. */
  template?: string
}

export function readWebhookForm(form: FormValues, id: string, before: Webhook | undefined): WebhookInput {
  const named = form.all('events')
  const events = subscriptionSchema.options.filter(name => named.includes(name))
  const contents = readTicks(form, 'contents')
  const data = readDataRows(form)
  const query = recordOf(form, 'query')
  const headers = headersIn(form, before)
  const { body, template } = bodyIn(form)
  const webhook = omitUndefined({
    id,
    name: form.text('name') || undefined,
    url: form.text('url'),
    method: form.text('method') === 'GET' ? ('GET' as const) : undefined,
    query: filled(query),
    headers: filled(headers),
    auth: authIn(form, before),
    transport: transportOf(form.text('transport')),
    data: filled(data),
    anyData: form.has('anyData') || undefined,
    body,
    events: events.length > 0 ? events : undefined,
    contents: contents.length > 0 ? contents : undefined,
    concurrency: numberOf(form.text('concurrency')),
    ratePerSecond: numberOf(form.text('ratePerSecond')),
  })
  return template === undefined ? { webhook } : { webhook, template }
}

function bodyIn(form: FormValues): { body?: Webhook['body']; template?: string } {
  const kind =
    bodyKinds.find(({ value }) => value === form.text('body'))?.value ?? ('envelope' satisfies BodyKind)
  const template = form.exact('template')
  try {
    return { body: bodyOfFields({ kind, text: form.text('text'), template }) }
  } catch {
    return { template } // which the page shows, with what is wrong
  }
}

function headersIn(form: FormValues, before: Webhook | undefined): Record<string, string> {
  const names = form.all('headers.name').map(name => name.trim())
  const values = form.all('headers.value')
  return Object.fromEntries(
    names.flatMap((name, index) => {
      if (name === '') return []
      const value = values[index] ?? ''
      return [[name, value === '' ? (before?.headers?.[name] ?? '') : value]]
    }),
  )
}

function authIn(form: FormValues, before: Webhook | undefined): Webhook['auth'] {
  const username = form.text('username')
  const password = form.exact('password')
  if (username === '' && password === '') return undefined
  return { username, password: password === '' ? (before?.auth?.password ?? '') : password }
}

function recordOf(form: FormValues, name: string): Record<string, string> {
  const values = form.all(`${name}.value`)
  return Object.fromEntries(
    form
      .all(`${name}.name`)
      .flatMap((key, index) => (key.trim() === '' ? [] : [[key.trim(), values[index] ?? '']])),
  )
}

function transportOf(text: string): Webhook['transport'] {
  return (['auto', 'cors', 'simple'] as const).find(transport => transport === text) ?? 'relay'
}

function filled<T extends object>(values: T): T | undefined {
  return Object.keys(values).length > 0 ? values : undefined
}

function numberOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text)
}
