import * as z from 'zod/mini'
import { optional } from '../primitives.ts'
import type { Webhook } from '../webhook.ts'

/** What may be shown of a webhook: of its address the origin, of its headers the names, no secret. */
export interface PublicWebhook
  extends Pick<
    Webhook,
    | 'id'
    | 'name'
    | 'method'
    | 'transport'
    | 'events'
    | 'contents'
    | 'data'
    | 'body'
    | 'anyData'
    | 'concurrency'
    | 'ratePerSecond'
  > {
  /** The origin of its URL. */
  endpoint: string
  /** Names of its extra headers. */
  headerNames: string[]
  /** Whether it stands in the config, or was made at run time. */
  source: 'config' | 'runtime'
  /** Whether its messages are signed. */
  signed: boolean
}

/** A webhook as the admin API shows it. */
export interface WebhookState extends PublicWebhook {
  /** Present while it gets nothing. */
  disabled?: WebhookPause | undefined
  /** When its first failure since its last success was, ISO 8601. */
  failingSince?: string | undefined
}

/** Everything that a webhook made at run time is set to but its secrets, for its owner. */
export interface WebhookSettings extends Omit<Webhook, 'headers' | 'auth' | 'secret'> {
  /** Names of its extra headers. */
  headerNames: string[]
  /** Of its HTTP Basic credentials. */
  username?: string | undefined
  /** To be given with a change, so that nobody's is overwritten. */
  rev: string
}

/** A place in a tour that sends to a webhook. */
export interface WebhookUsage {
  /** The tour's id. */
  tour: string
  /** The tour's name. */
  name: string
  /** Such as `step “send”`. */
  where: string
  /** Whether visitors' pages send it. */
  isPublished: boolean
}

/** Since when a webhook gets nothing, and why. */
export interface WebhookPause {
  /** ISO 8601. */
  at: string
  /** It answered 410, it only failed for days, or someone said so. */
  reason: 'gone' | 'failing' | 'manual'
  /** The reason in a sentence. */
  words: string
}

/** What a browser would meet at an endpoint. */
export interface ProbeResult {
  /** What to write as the webhook's `transport`. */
  transport: 'cors' | 'simple' | 'relay'
  /** A sentence for a person. */
  reason: string
  /** The status of the answer to the preflight. */
  status: number
}

export const webhookStateSchema: z.ZodMiniType<WebhookState> = z.looseObject({
  id: z.string(),
  endpoint: z.string(),
  headerNames: z.array(z.string()),
  source: z.enum(['config', 'runtime']),
  signed: z.boolean(),
  disabled: optional(
    'Present while it gets nothing.',
    z.object({ at: z.iso.datetime(), reason: z.enum(['gone', 'failing', 'manual']), words: z.string() }),
  ),
  failingSince: optional('When its first failure since its last success was.', z.iso.datetime()),
})

export const probeResultSchema: z.ZodMiniType<ProbeResult> = z.looseObject({
  transport: z.enum(['cors', 'simple', 'relay']),
  reason: z.string(),
  status: z.int(),
})
