import { subscriptionSchema } from '../../../../schema/event.ts'
import { isCursor } from '../../../emitter/log-cursor.ts'
import type { DeliveryFilter } from '../../../stores/log-query.ts'
import { selectField, textField } from '../../ui/forms/form-fields.ts'
import { pickField } from '../../ui/forms/many-choices.ts'
import { html, type Markup, nothing, queryOf } from '../../ui/markup.ts'
import { tabBar } from '../../ui/parts.ts'
import { shortened } from '../../ui/shortened.ts'
import { eventTitle } from '../webhooks/event-words.ts'

/** What an address says of the log: everything that was chosen, so that it can be kept and sent on. */
export interface LogQuery {
  filter: DeliveryFilter
  cursor: string | undefined
}

/** Of a webhook, a message, a user. */
const longestId = 200
const states = ['pending', 'delivered', 'failed'] as const
const events = ['trigger_event', ...subscriptionSchema.options] as const

/** Reads the log's part of an address; what it doesn't know is left out. */
export function readLogQuery(query: Record<string, string>): LogQuery {
  // No id is longer.
  const text = (name: string) => query[name]?.trim().slice(0, longestId) || undefined
  return {
    filter: {
      id: text('id'),
      webhook: text('webhook'),
      state: states.find(state => state === query.state),
      event: events.find(event => event === query.event),
      userId: text('userId'),
      since: timeOf(text('since')),
      until: timeOf(text('until')),
    },
    cursor: isCursor(query.cursor ?? '') ? query.cursor : undefined,
  }
}

/** Whether anything is chosen. */
export function isFiltered(filter: DeliveryFilter): boolean {
  return Object.values(filter).some(value => value !== undefined)
}

/** The same as a form's fields. */
export function logFieldsOf(filter: DeliveryFilter): [string, string][] {
  return [...new URLSearchParams(logQueryOf(filter))]
}

/** The same as an address. */
export function logQueryOf(
  { since, until, ...filter }: DeliveryFilter,
  more: Record<string, string | undefined> = {},
): string {
  const times = { since: since && new Date(since).toISOString(), until: until && new Date(until).toISOString() }
  return queryOf({ ...filter, ...omitZero(times), ...more })
}

/** Ways to look at the log that people want most. */
export function logTabs(filter: DeliveryFilter, root: string): Markup {
  const tabs = [
    { name: 'All', state: undefined },
    { name: 'Undelivered', state: 'failed' as const },
    { name: 'Waiting', state: 'pending' as const },
  ]
  return tabBar(
    'Deliveries',
    tabs.map(({ name, state }) => ({
      name,
      href: `${root}deliveries${logQueryOf({ ...filter, state })}`,
      isCurrent: filter.state === state,
    })),
  )
}

/** The filter as a form; it works by its address, with or without a script. */
export function filterForm(
  filter: DeliveryFilter,
  { webhooks, root }: { webhooks: readonly { id: string; name?: string | undefined }[]; root: string },
): Markup {
  const { webhook, state, event, userId, id, since, until } = filter
  const known =
    webhooks.some(one => one.id === webhook) || webhook === undefined ? [] : [{ id: webhook, name: undefined }]
  return html`<form class="card filters" method="get" action="${root}deliveries" data-apply role="search" aria-label="Filter">
${pickField({ name: 'webhook', label: 'Webhook', value: webhook, empty: 'Any', choices: [...webhooks, ...known].map(one => ({ value: one.id, label: shortened(one.name || one.id) })) })}
${selectField({
  name: 'state',
  label: 'State',
  value: state,
  choices: [
    { value: '', label: 'Any' },
    { value: 'pending', label: 'Waiting' },
    { value: 'delivered', label: 'Delivered' },
    { value: 'failed', label: 'Failed' },
  ],
})}
${selectField({ name: 'event', label: 'Event', value: event, choices: [{ value: '', label: 'Any' }, ...events.map(name => ({ value: name, label: eventTitle(name) }))] })}
${textField({ name: 'userId', label: 'User', value: userId })}
${textField({ name: 'id', label: 'Message id', value: id })}
${since === undefined ? nothing : html`<input type="hidden" name="since" value="${new Date(since).toISOString()}">`}${until === undefined ? nothing : html`<input type="hidden" name="until" value="${new Date(until).toISOString()}">`}
<div class="buttons"><button class="button">Filter</button>${isFiltered(filter) ? html`<a class="button quiet" href="${root}deliveries">Clear</a>` : nothing}</div>
</form>`
}

function timeOf(text: string | undefined): number | undefined {
  const ms = /^\d{1,15}$/.test(text ?? '') ? Number(text) : Date.parse(text ?? '')
  return Math.abs(ms) <= 8.64e15 ? ms : undefined
}

function omitZero(times: Record<string, string | 0 | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(times).map(([key, value]) => [key, value === 0 ? undefined : value]))
}
