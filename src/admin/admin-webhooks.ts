import type { AuditLine } from '../schema/admin/audit-line.ts'
import type { LoggedAttempt } from '../schema/admin/logged-delivery.ts'
import type { ProbeResult, WebhookSettings, WebhookState, WebhookUsage } from '../schema/admin/webhook-state.ts'
import type { Webhook } from '../schema/webhook.ts'
import { ask, counted, pathOf } from './admin-path.ts'
import type { AdminRequest } from './admin-request.ts'

/** The webhooks of a companion. */
export interface AdminWebhooks {
  /** All, the config's first. */
  list(): Promise<WebhookState[]>
  /** @throws {NotFoundError} (rejects) when there is none. */
  get(id: string): Promise<WebhookState>
  /** Makes one; its secret is shown here and never again. */
  create(
    webhook: Omit<Webhook, 'id'> & { id?: string | undefined },
  ): Promise<{ webhook: WebhookState; secret: string }>
  /** Everything that one made at run time is set to but its secrets; for an owner. */
  settings(id: string): Promise<WebhookSettings>
  /** Where tours send it. */
  uses(id: string): Promise<WebhookUsage[]>
  /** What was done to it, the newest first. */
  history(id: string): AsyncIterableIterator<AuditLine>
  /**
   * Changes one that was made at run time; `null` removes an entry. With the `rev` of its settings, only if nobody
   * has changed it since.
   */
  update(
    id: string,
    change: { [Key in keyof Webhook]?: Webhook[Key] | null } & { rev?: string | undefined },
  ): Promise<WebhookState & { secret?: string }>
  /** Removes one that was made at run time. */
  remove(id: string): Promise<void>
  /** Sends what has waited, and what comes. */
  enable(id: string): Promise<WebhookState>
  /** Keeps what comes until it is enabled again. */
  disable(id: string): Promise<WebhookState>
  /** A new secret; the old one signs as well for 24 hours. */
  rotateSecret(id: string): Promise<{ secret: string }>
  /** Sends a signed sample at once, and says how it went. */
  test(id: string): Promise<LoggedAttempt>
  /** Asks an endpoint as a browser's preflight would. */
  probe(url: string, options?: { origin?: string; headers?: readonly string[] }): Promise<ProbeResult>
}

export function webhooksOf(request: AdminRequest): AdminWebhooks {
  const post = { method: 'POST' } as const
  return {
    list: async () => (await ask<{ webhooks: WebhookState[] }>(request, 'webhooks')).webhooks,
    get: id => ask(request, pathOf('webhooks', id)),
    settings: id => ask(request, pathOf('webhooks', id, 'settings')),
    uses: async id => (await ask<{ uses: WebhookUsage[] }>(request, pathOf('webhooks', id, 'uses'))).uses,
    history: id => counted(request, { path: pathOf('webhooks', id, 'history'), name: 'history' }),
    create: webhook => ask(request, 'webhooks', { ...post, json: webhook }),
    update: (id, change) => ask(request, pathOf('webhooks', id), { method: 'PATCH', json: change }),
    remove: id => ask(request, pathOf('webhooks', id), { method: 'DELETE' }),
    enable: id => ask(request, pathOf('webhooks', id, 'enable'), post),
    disable: id => ask(request, pathOf('webhooks', id, 'disable'), post),
    rotateSecret: id => ask(request, pathOf('webhooks', id, 'rotate-secret'), post),
    test: id => ask(request, pathOf('webhooks', id, 'test'), post),
    probe: (url, options) => ask(request, 'probe', { ...post, json: { url, ...options } }),
  }
}
