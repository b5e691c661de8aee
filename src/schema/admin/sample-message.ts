import * as z from 'zod/mini'
import type { Json } from '../../values/json.ts'
import { json, optional } from '../primitives.ts'

/** A message that a tour, a checklist or a banner would send, with example values. */
export interface SampleMessage {
  /** What sends it: `trigger_event`, or the event that the webhook is subscribed to. */
  event: string
  /** Of a trigger step: its id. */
  step?: string | undefined
  /** Of a tour's own trigger: when it fires, such as `completed`. */
  on?: string | undefined
  /** The webhook that gets it. */
  webhook: string
  method: 'POST' | 'GET'
  /** The origin of the webhook's address; by GET with the data as parameters. */
  address: string
  /** What is sent; absent by GET. */
  body?: Json | undefined
}

export const sampleMessageSchema: z.ZodMiniType<SampleMessage> = z.looseObject({
  event: z.string(),
  step: optional('Of a trigger step: its id.', z.string()),
  on: optional("Of a tour's own trigger: when it fires, such as completed.", z.string()),
  webhook: z.string(),
  method: z.enum(['POST', 'GET']),
  address: z.string(),
  body: optional('What is sent; absent by GET.', json),
})
