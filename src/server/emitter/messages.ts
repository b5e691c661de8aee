import { fillTemplate } from '../../message/body.ts'
import { createMessageId, type Message } from '../../message/message.ts'
import type { Lookup } from '../../message/template.ts'
import type { Source } from '../../schema/data.ts'
import type { OperationalEventName } from '../../schema/event.ts'
import type { Webhook } from '../../schema/webhook.ts'
import { type Json, mapValues, own } from '../../values/json.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { NewDelivery } from '../stores/store.ts'
import type { Subject } from '../webhooks/subscriptions.ts'
import type { Payload } from './delivery-types.ts'
import type { CheckedEvent } from './emitted-event.ts'
import type { OperationalEvent } from './emitter-events.ts'

/** What a message is made of: an event of a user's, or an operational one. */
export interface SourceEvent extends Omit<CheckedEvent, 'name'> {
  name: CheckedEvent['name'] | OperationalEventName
  /** Goes with every message of it, beside what the webhook's `data` names. */
  facts?: Record<string, Json> | undefined
}

/** The deliveries that events of one user cause: one message for each webhook that is subscribed to any of them. */
export function deliveriesFor(
  events: readonly SourceEvent[],
  subscribersOf: (subject: Subject) => readonly Webhook[],
  { now, dueAt }: { now: number; dueAt: number },
): NewDelivery[] {
  const wanted = new Map<Webhook, SourceEvent[]>()
  for (const event of events) {
    for (const webhook of subscribersOf(subjectOf(event))) {
      const before = wanted.get(webhook)
      if (before) before.push(event)
      else wanted.set(webhook, [event])
    }
  }
  return Array.from(wanted, ([webhook, events]) => {
    const payload = messageFor(events, webhook, now)
    return { id: payload.message.id, webhook: webhook.id, ...payload, createdAt: now, dueAt }
  })
}

/** What a webhook is sent when events of one user happen. */
export function messageFor(events: readonly SourceEvent[], webhook: Webhook, now: number): Payload {
  const [first] = events
  const message: Message = {
    id: createMessageId(now),
    timestamp: first?.timestamp ?? new Date(now).toISOString(),
    name: webhook.name ?? webhook.id,
    userId: first?.userId ?? null,
    events: events.map(({ name, id }) => omitUndefined({ name, id })),
    data: { ...first?.facts, ...dataOf(webhook, events) },
  }
  return omitUndefined({ message, content: fillTemplate(webhook, message, lookupIn(events)) })
}

/** An operational event as a message is made of it: nobody's, about a webhook, with all that is known. */
export function sourceOf({ name, at, ...event }: OperationalEvent): SourceEvent {
  const since = event.since === undefined ? undefined : isoTime(event.since)
  const facts = omitUndefined({ ...event, since })
  return { name, userId: null, id: event.webhook, timestamp: isoTime(at), answers: facts, facts }
}

/** What an event is about. An item is of its checklist, too. */
function subjectOf({ name, id, answers }: SourceEvent): Subject {
  const checklist = name === 'checklist_item_completed' ? own(answers, 'checklist') : undefined
  return { name, contents: [id, checklist].filter(content => typeof content === 'string') }
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}

function dataOf({ data = {} }: Webhook, events: readonly SourceEvent[]): Record<string, Json> {
  return mapValues(data, source => sourced(source, events))
}

/** A source's value. What only a page knows is left out. */
function sourced(source: Source, events: readonly SourceEvent[]): Json | undefined {
  if ('value' in source) return source.value
  if ('tag' in source) return latest(events, ({ tags }) => own(tags, source.tag))
  if ('answer' in source) return latest(events, ({ answers }) => own(answers, source.answer))
  if ('tour' in source && source.tour === 'id') return tourId(events)
  return undefined
}

/** What a template's placeholder names, beyond the message's data: an answer, a tag, or the tour's id. */
function lookupIn(events: readonly SourceEvent[]): Lookup {
  return name => {
    if (name === 'userId') return events[0]?.userId ?? undefined
    if (name === 'tour.id') return tourId(events)
    return latest(events, ({ answers }) => own(answers, name)) ?? latest(events, ({ tags }) => own(tags, name))
  }
}

function tourId(events: readonly SourceEvent[]): string | undefined {
  return latest(events, ({ name, id }) => (name === 'tour_completed' ? id : undefined))
}

function latest<T>(events: readonly SourceEvent[], pick: (event: SourceEvent) => T | undefined): T | undefined {
  return events.reduce<T | undefined>((found, event) => pick(event) ?? found, undefined)
}
