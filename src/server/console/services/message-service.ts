import type { SampleMessage } from '../../../schema/admin/sample-message.ts'
import type { Data } from '../../../schema/data.ts'
import type { EventName } from '../../../schema/event.ts'
import type { Json } from '../../../values/json.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import { exampleEvent } from '../../emitter/example-event.ts'
import type { DocumentKind } from '../../stores/console-store.ts'
import type { Person } from '../access/person.ts'
import type { ContentItem } from '../content/content-item.ts'
import { type DraftObject, objectOf, objectsIn, textIn } from '../content/draft-object.ts'
import { placedTriggers } from '../content/placed-triggers.ts'
import { sampleOfEvent } from '../message/event-sample.ts'
import type { SeenValues } from '../message/examples.ts'
import { sampleRequest } from '../message/message-sample.ts'
import type { SampleRequest } from '../message/sample-request.ts'
import { seenValues } from '../message/seen-values.ts'
import type { DeliveryService } from './delivery-service.ts'

/** The events that are about one content of a kind. */
const eventsOf: Readonly<Record<DocumentKind, readonly EventName[]>> = {
  tours: ['tour_completed'],
  checklists: ['checklist_item_completed', 'checklist_completed', 'checklist_dismissed'],
  banners: ['banner_seen', 'banner_closed'],
  segments: ['auto_segment_changed'],
}

/** The most messages that are made for one content: hundreds of webhooks may hear of it. */
const mostSamples = 50

/** What would be sent, before anything is. */
export interface MessageService {
  /** The exact messages that a content would send, with example values: its triggers', then those of webhooks that are subscribed to its events. */
  samples(
    person: Person,
    item: Pick<ContentItem, 'kind' | 'id' | 'draft' | 'published'>,
  ): Promise<SampleMessage[]>
}

export interface MessageServiceOptions {
  webhooks: Emitter['webhooks']
  deliveries: Pick<DeliveryService, 'list'>
}

export function createMessageService({ webhooks, deliveries }: MessageServiceOptions): MessageService {
  async function ofTriggers(id: string, tour: DraftObject, seen: SeenValues): Promise<SampleMessage[]> {
    const about = { id, name: textIn(tour, 'name') || id }
    const samples = placedTriggers(tour).map(async ({ step, on, webhook: id, trigger }) => {
      const webhook = await webhooks.settings(id)
      if (!webhook) return []
      const data = objectOf(trigger.data) as unknown as Data
      const request = sampleRequest({ webhook, data, tour: about, step, seen })
      return [sampleOf({ event: 'trigger_event', step, on, webhook: id }, request)]
    })
    return (await Promise.all(samples)).flat()
  }

  async function ofEvents(
    kind: DocumentKind,
    id: string,
    content: DraftObject,
    seen: SeenValues,
  ): Promise<SampleMessage[]> {
    const heard = (await webhooks.list()).flatMap(({ id: webhook, events = [], contents }) =>
      contents?.includes(id) === false
        ? []
        : eventsOf[kind].filter(event => events.includes(event)).map(event => ({ webhook, event })),
    )
    const samples = heard.slice(0, mostSamples).map(async ({ webhook: heardBy, event }) => {
      const webhook = await webhooks.settings(heardBy)
      if (!webhook) return []
      const example = exampleEvent(event, id)
      const [item] = objectsIn(content.items)
      const about = event === 'checklist_item_completed' && item ? textIn(item, 'id') : example.id
      return [
        sampleOf({ event, webhook: heardBy }, sampleOfEvent({ ...example, id: about }, { webhook, seen })),
      ]
    })
    return (await Promise.all(samples)).flat()
  }

  return {
    async samples(person, { kind, id, draft, published }) {
      const content = objectOf(draft ?? published)
      const seen = await seenValues(deliveries, person)
      const triggered = kind === 'tours' ? await ofTriggers(id, content, seen) : []
      return [...triggered, ...(await ofEvents(kind, id, content, seen))].slice(0, mostSamples)
    },
  }
}

function sampleOf(
  about: Pick<SampleMessage, 'event' | 'step' | 'on' | 'webhook'>,
  { method, address = '', body }: SampleRequest,
): SampleMessage {
  return omitUndefined({ ...about, method, address, body: body as Json | undefined })
}
