import { fillTemplate } from '../../message/body.ts'
import { createMessageId, type Message } from '../../message/message.ts'
import type { Lookup } from '../../message/template.ts'
import type { Source } from '../../schema/data.ts'
import type { Webhook } from '../../schema/webhook.ts'
import { type Json, own } from '../../values/json.ts'
import type { NewDelivery } from '../stores/store.ts'
import type { Payload } from './delivery-types.ts'
import type { EmittedEvent } from './emitted-event.ts'

/** The deliveries that events of one user cause: one message for each webhook that is subscribed to any of them. */
export function deliveriesFor(
  events: readonly EmittedEvent[],
  webhooks: readonly Webhook[],
  { now, dueAt }: { now: number; dueAt: number },
): NewDelivery[] {
  return webhooks.flatMap(webhook => {
    const wanted = events.filter(event => isSubscribed(webhook, event))
    if (wanted.length === 0) return []
    const parcel = messageFor(wanted, webhook, now)
    return { id: parcel.message.id, webhook: webhook.id, ...parcel, createdAt: now, dueAt }
  })
}

/** What a webhook is sent when events of one user happen. */
export function messageFor(events: readonly EmittedEvent[], webhook: Webhook, now: number): Payload {
  const [first] = events
  const message: Message = {
    id: createMessageId(now),
    timestamp: first?.timestamp ?? new Date(now).toISOString(),
    name: webhook.name ?? webhook.id,
    userId: first?.userId ?? null,
    events: events.map(({ name, id }) => (id === undefined ? { name } : { name, id })),
    data: dataOf(webhook, events),
  }
  const content = fillTemplate(webhook, message, lookupIn(events))
  return content === undefined ? { message } : { message, content }
}

/** Whether a webhook is sent at an event; without `events` it is only ever relayed to. */
export function isSubscribed({ events, contents }: Webhook, event: EmittedEvent): boolean {
  if (!events?.includes(event.name)) return false
  return contents === undefined || contents.some(id => isAbout(event, id))
}

/** Whether an event is of this content; an item's is of its checklist, too. */
function isAbout({ name, id, answers }: EmittedEvent, content: string): boolean {
  return id === content || (name === 'checklist_item_completed' && own(answers, 'checklist') === content)
}

function dataOf({ data = {} }: Webhook, events: readonly EmittedEvent[]): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, source]) => {
      const value = sourced(source, events)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

/** A source's value. What only a page knows is left out. */
function sourced(source: Source, events: readonly EmittedEvent[]): Json | undefined {
  if ('value' in source) return source.value
  if ('tag' in source) return latest(events, ({ tags }) => own(tags, source.tag))
  if ('answer' in source) return latest(events, ({ answers }) => own(answers, source.answer))
  if ('tour' in source && source.tour === 'id') return tourId(events)
  return undefined
}

/** What a template's placeholder names, beyond the message's data: an answer, a tag, or the tour's id. */
function lookupIn(events: readonly EmittedEvent[]): Lookup {
  return name => {
    if (name === 'userId') return events[0]?.userId ?? undefined
    if (name === 'tour.id') return tourId(events)
    return latest(events, ({ answers }) => own(answers, name)) ?? latest(events, ({ tags }) => own(tags, name))
  }
}

function tourId(events: readonly EmittedEvent[]): string | undefined {
  return latest(events, ({ name, id }) => (name === 'tour_completed' ? id : undefined))
}

function latest<T>(
  events: readonly EmittedEvent[],
  pick: (event: EmittedEvent) => T | undefined,
): T | undefined {
  return events.reduce<T | undefined>((found, event) => pick(event) ?? found, undefined)
}
