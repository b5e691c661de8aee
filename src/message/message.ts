import type { EventName, OperationalEventName } from '../schema/event.ts'
import type { Json } from '../values/json.ts'

/** One thing that happened: its name, and the id of the tour, checklist or banner. */
export interface MessageEvent {
  name: 'trigger_event' | EventName | OperationalEventName
  id?: string | undefined
  step?: string | undefined
  /** For a trigger of the whole tour: when it fired. */
  on?: 'started' | 'completed' | 'closed' | 'step' | undefined
}

/** What a webhook receives, from the browser and from the server alike. */
export interface Message {
  /** The same on every retry, so that a receiver can drop a repeat. */
  id: string
  /** ISO 8601: when it happened. */
  timestamp: string
  /** The webhook's name. */
  name: string
  /** The visitor or user; `null` for one without an id. */
  userId: string | null
  /** What happened: from a page one trigger, from the server one event or several. */
  events: MessageEvent[]
  /** The values, by the keys that the config gives them. */
  data: Record<string, Json>
}

/** An id that sorts by time: `msg_`, the time in twelve hexadecimal digits, and 128 random bits in base 36. */
export function createMessageId(now = Date.now()): string {
  const random = [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(36))
  return `msg_${now.toString(16).padStart(12, '0')}${random.join('')}`
}
