import type { EventName, OperationalEventName } from '../../schema/event.ts'
import { type SourceEvent, sourceOf } from './messages.ts'

/** Of a message that never was. */
export const exampleId = 'msg_0192f0c1d2e3f4a5'
export const exampleTime = '2026-11-23T09:00:00.000Z'

/** An event as it may happen, about a content, or else about what such an event is about. `at` in milliseconds since 1970. */
export function exampleEvent(
  name: EventName | OperationalEventName,
  content: string,
  at = Date.parse(exampleTime),
): SourceEvent {
  const event = { name, userId: 'user_123', timestamp: new Date(at).toISOString() }
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
      return sourceOf({ name, webhook: content, at, delivery: exampleId, status: 503 })
    default:
      return { ...event, id: content }
  }
}
