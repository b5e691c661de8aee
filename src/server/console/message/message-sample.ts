import { addressOf, bodyOf, fillTemplate } from '../../../message/body.ts'
import type { Message } from '../../../message/message.ts'
import type { Data } from '../../../schema/data.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'
import { exampleData, exampleNamed, type SeenValues } from './examples.ts'

/** A request as an endpoint would get it, with example values. */
export interface SampleRequest {
  method: 'POST' | 'GET'
  /** Absent while there is no usable address. */
  address: string | undefined
  body: unknown
}

export interface SampleOptions {
  webhook: Pick<Webhook, 'id' | 'name' | 'method' | 'url' | 'query' | 'data' | 'body' | 'events' | 'contents'>
  /** The trigger's own data. */
  data?: Data | undefined
  tour?: { id: string; name?: string | undefined } | undefined
  step?: string | undefined
  seen?: SeenValues | undefined
}

/** The exact message that a trigger step, or one of a webhook's events, would send. */
export function sampleRequest({ webhook, data, tour, step, seen = {} }: SampleOptions): SampleRequest {
  const [event] = webhook.events ?? []
  const [content = 'welcome'] = webhook.contents ?? []
  const about = tour ?? { id: content }
  const isTrigger = tour !== undefined || event === undefined
  const message: Message = {
    id: 'msg_0192f0c1d2e3f4a5',
    timestamp: '2026-11-23T09:00:00.000Z',
    name: webhook.name ?? webhook.id,
    userId: 'user_123',
    events: [
      isTrigger
        ? { name: 'trigger_event', id: about.id, ...(step === undefined ? {} : { step }) }
        : { name: event, id: about.id },
    ],
    data: exampleData({ ...webhook.data, ...data }, { seen, tour: about }),
  }
  const filled = fillTemplate(webhook, message, name => valueNamed(name, about, seen))
  const method = webhook.method ?? 'POST'
  return {
    method,
    // No more of the address than its origin, and none of its own parameters: they are often a password.
    address: originOf(webhook.url, url => addressOf({ method, body: webhook.body, url }, message, filled)),
    body: method === 'GET' ? undefined : bodyOf(webhook, message, filled),
  }
}

function originOf(url: string | undefined, show: (origin: string) => string): string | undefined {
  return url !== undefined && URL.canParse(url) ? show(new URL(url).origin) : undefined
}

function valueNamed(name: string, tour: { id: string; name?: string | undefined }, seen: SeenValues): Json {
  if (name === 'userId') return 'user_123'
  if (name === 'tour.id') return tour.id
  if (name === 'tour.name') return tour.name ?? tour.id
  return exampleNamed(name, seen)
}
