import { fillTemplate } from '../../../message/body.ts'
import type { Message } from '../../../message/message.ts'
import type { Data } from '../../../schema/data.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'
import { exampleEvent, exampleId, exampleTime } from '../../emitter/example-event.ts'
import { sampleOfEvent } from './event-sample.ts'
import { exampleData, exampleNamed, type SeenValues } from './examples.ts'
import { type SampleRequest, sampledRequest } from './sample-request.ts'

export interface SampleOptions {
  webhook: Pick<Webhook, 'id' | 'name' | 'method' | 'url' | 'query' | 'data' | 'body' | 'events' | 'contents'>
  /** The trigger's own data. */
  data?: Data | undefined
  tour?: { id: string; name?: string | undefined } | undefined
  step?: string | undefined
  seen?: SeenValues | undefined
}

/** The exact message that a trigger, or else the first of a webhook's events, would send. */
export function sampleRequest({ webhook, data, tour, step, seen = {} }: SampleOptions): SampleRequest {
  const [event] = webhook.events ?? []
  const [content = 'welcome'] = webhook.contents ?? []
  if (tour === undefined && event !== undefined) {
    return sampleOfEvent(exampleEvent(event, content), { webhook, seen })
  }
  const about = tour ?? { id: content }
  const message: Message = {
    id: exampleId,
    timestamp: exampleTime,
    name: webhook.name ?? webhook.id,
    userId: 'user_123',
    events: [{ name: 'trigger_event', id: about.id, ...(step === undefined ? {} : { step }) }],
    data: exampleData({ ...webhook.data, ...data }, { seen, tour: about }),
  }
  return sampledRequest(
    webhook,
    message,
    fillTemplate(webhook, message, name => valueNamed(name, about, seen)),
  )
}

function valueNamed(name: string, tour: { id: string; name?: string | undefined }, seen: SeenValues): Json {
  if (name === 'userId') return 'user_123'
  if (name === 'tour.id') return tour.id
  if (name === 'tour.name') return tour.name ?? tour.id
  return exampleNamed(name, seen)
}
