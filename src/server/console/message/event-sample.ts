import { templateValues } from '../../../message/body.ts'
import type { EventName, OperationalEventName } from '../../../schema/event.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import { messageFor, type SourceEvent, sourceOf } from '../../emitter/messages.ts'
import { exampleNamed, type SeenValues } from './examples.ts'
import { type SampleRequest, sampledRequest, sampleId, sampleTime } from './sample-request.ts'

const at = Date.parse(sampleTime)

/** An event as it may happen, about a content, or else about what such an event is about. */
export function exampleEvent(name: EventName | OperationalEventName, content: string): SourceEvent {
  const event = { name, userId: 'user_123', timestamp: sampleTime }
  switch (name) {
    case 'checklist_item_completed':
      return { ...event, id: 'first', answers: { checklist: content } }
    case 'user_created':
      return { ...event, id: event.userId }
    case 'user_tag_added':
    case 'script_tag_set':
      return { ...event, id: 'plan' }
    case 'auto_segment_changed':
      return { ...event, id: content, answers: { member: true } }
    case 'webhook_failing':
      return sourceOf({ name, webhook: content, at, since: at, failures: 4, status: 503 })
    case 'webhook_disabled':
      return sourceOf({ name, webhook: content, at, reason: 'gone' })
    case 'webhook_recovered':
      return sourceOf({ name, webhook: content, at, since: at })
    case 'delivery_exhausted':
      return sourceOf({ name, webhook: content, at, delivery: sampleId, status: 503 })
    default:
      return { ...event, id: content }
  }
}

/** The message that a webhook is sent at an event, as the emitter makes it of example values. */
export function sampleOfEvent(
  event: SourceEvent,
  { webhook, seen = {} }: { webhook: Webhook; seen?: SeenValues | undefined },
): SampleRequest {
  const known = event.userId === null ? event : withExamples(event, webhook, seen)
  const { message, content } = messageFor([known], webhook, at)
  return sampledRequest(webhook, { ...message, id: sampleId }, content)
}

/** The event of a user who has every tag, and of a tour every answer, that the webhook names. */
function withExamples(event: SourceEvent, webhook: Webhook, seen: SeenValues): SourceEvent {
  const sources = Object.values(webhook.data ?? {})
  const { message } = messageFor([event], webhook, at)
  const placeholders = Object.keys(templateValues(webhook, message, () => undefined) ?? {})
  const tags = [...sources.flatMap(source => ('tag' in source ? [source.tag] : [])), ...placeholders]
  const answers = event.name === 'tour_completed' ? sources : []
  return {
    ...event,
    tags: Object.fromEntries(tags.map(name => [name, tagNamed(name, seen)])),
    answers: {
      ...Object.fromEntries(
        answers.flatMap(source =>
          'answer' in source ? [[source.answer, exampleNamed(source.answer, seen)]] : [],
        ),
      ),
      ...event.answers,
    },
  }
}

/** A tag is a text, a number, true or false. */
function tagNamed(name: string, seen: SeenValues): string | number | boolean {
  const value = exampleNamed(name, seen)
  return typeof value === 'object' ? JSON.stringify(value) : value
}
