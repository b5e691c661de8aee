import type { Webhook } from '../schema/webhook.ts'
import type { Attempt, DisabledReason } from './stores/store.ts'

/** What may be shown of a webhook: of its address the origin, of its headers the names, no secret. */
export interface WebhookSummary
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
    | 'concurrency'
    | 'ratePerSecond'
  > {
  /** The origin of its URL. */
  endpoint: string
  /** Names of its extra headers. */
  headerNames: string[]
  source: 'config' | 'runtime'
  signed: boolean
  /** Present while it gets nothing. `at` in milliseconds since 1970. */
  disabled?: { at: number; reason: DisabledReason }
  /** When its first failure since its last success was, in milliseconds since 1970. */
  failingSince?: number
}

/** What `create` takes: a webhook as in the config, whose id may be left to be made. */
export type NewWebhook = Omit<Webhook, 'id'> & { id?: string }

/** What `update` takes: the entries to change; `undefined` removes one. */
export type WebhookChange = { [Key in keyof Omit<Webhook, 'id' | 'secret'>]?: Webhook[Key] | undefined }

/** Whether a browser can post to an endpoint, and so which `transport` to write. */
export interface Probe {
  transport: 'cors' | 'simple' | 'relay'
  /** A sentence for a person. */
  reason: string
  /** The status of the answer to the preflight; absent when none came. */
  status?: number
}

/** The webhooks of an emitter: those of its config, and those made at run time, kept in the store. */
export interface Webhooks {
  list(): Promise<WebhookSummary[]>
  get(id: string): Promise<WebhookSummary | undefined>
  /**
   * Makes a webhook; its secret is shown here and never again.
   *
   * @throws {ConfigError} lists what is wrong with it.
   */
  create(webhook: NewWebhook): Promise<{ webhook: WebhookSummary; secret: string }>
  /** Changes a webhook made at run time. */
  update(id: string, change: WebhookChange): Promise<WebhookSummary>
  /** Removes a webhook made at run time, and what is still queued for it. */
  remove(id: string): Promise<void>
  /** Sends what has waited, and what comes. */
  enable(id: string): Promise<WebhookSummary>
  /** Keeps what comes until it is enabled again, as long as the log is kept. */
  disable(id: string): Promise<WebhookSummary>
  /** Signs with a new secret from now on, and with the present one as well for 24 hours. */
  rotateSecret(id: string): Promise<{ secret: string }>
  /** Sends a signed sample at once, queued and logged nowhere. */
  test(id: string): Promise<Attempt>
  /** Asks an endpoint as a browser's preflight would. */
  probe(url: string, options?: { origin?: string; headers?: string[] }): Promise<Probe>
}
