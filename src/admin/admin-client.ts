import type { ImportResult } from '../schema/admin/import-result.ts'
import type { Config } from '../schema/config.ts'
import { type AdminDeliveries, deliveriesOf } from './admin-deliveries.ts'
import { type AdminDocuments, documentsOf } from './admin-documents.ts'
import { ask } from './admin-path.ts'
import { type AdminPeople, type AdminUsers, peopleOf, usersOf } from './admin-people.ts'
import { type AdminConnection, createAdminRequest } from './admin-request.ts'
import { type AdminVersions, versionsOf } from './admin-versions.ts'
import { type AdminWebhooks, webhooksOf } from './admin-webhooks.ts'

/** A companion's admin API. */
export interface AdminClient {
  webhooks: AdminWebhooks
  deliveries: AdminDeliveries
  documents: AdminDocuments
  versions: AdminVersions
  people: AdminPeople
  users: AdminUsers
  /** All as a tourhook.json; `secrets` are for an owner to ask for. */
  exportConfig(options?: { secrets?: boolean }): Promise<Config>
  /** Takes a tourhook.json into the drafts, and makes the webhooks that are missing; for an owner. */
  importConfig(config: Config): Promise<ImportResult>
}

/**
 * A typed client of a companion's admin API.
 *
 * What the companion refuses rejects with an {@link AdminError}: `AccessError`, `NotFoundError`, `ConflictError`
 * (`ClashError` where two have changed the same), `InvalidError` or `UnavailableError`.
 *
 * @example
 * const admin = createAdminClient({ url: 'https://tours.example.com', token })
 * for await (const { id, summary } of admin.deliveries.list({ state: 'failed' })) console.log(id, summary)
 */
export function createAdminClient(connection: AdminConnection): AdminClient {
  const request = createAdminRequest(connection)
  return {
    webhooks: webhooksOf(request),
    deliveries: deliveriesOf(request),
    documents: documentsOf(request),
    versions: versionsOf(request),
    people: peopleOf(request),
    users: usersOf(request),
    exportConfig: ({ secrets = false } = {}) =>
      ask(request, 'export', { query: { secrets: secrets ? 'true' : undefined } }),
    importConfig: config => ask(request, 'import', { method: 'POST', json: config }),
  }
}
