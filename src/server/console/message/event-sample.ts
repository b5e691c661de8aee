import { templateValues } from '../../../message/body.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import { exampleId, exampleTime } from '../../emitter/example-event.ts'
import { messageFor, type SourceEvent } from '../../emitter/messages.ts'
import { exampleNamed, type SeenValues } from './examples.ts'
import { type SampleRequest, sampledRequest } from './sample-request.ts'

/** The message that a webhook is sent at an event, as the emitter makes it of example values. */
export function sampleOfEvent(
  event: SourceEvent,
  { webhook, seen = {} }: { webhook: Webhook; seen?: SeenValues | undefined },
): SampleRequest {
  const known = event.userId === null ? event : withExamples(event, webhook, seen)
  const { message, content } = messageFor([known], webhook, Date.parse(exampleTime))
  return sampledRequest(webhook, { ...message, id: exampleId }, content)
}

/** The event of a user who has every tag, and of a tour every answer, that the webhook names. */
function withExamples(event: SourceEvent, webhook: Webhook, seen: SeenValues): SourceEvent {
  const sources = Object.values(webhook.data ?? {})
  const { message } = messageFor([event], webhook, Date.parse(exampleTime))
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
