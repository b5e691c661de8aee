export type { AuditLine } from '../schema/admin/audit-line.ts'
export type {
  ChangedPlace,
  ContentKind,
  DocumentChange,
  DocumentClash,
  DocumentDetail,
  DocumentState,
} from '../schema/admin/document-state.ts'
export type { ImportResult } from '../schema/admin/import-result.ts'
export type { JobState } from '../schema/admin/job-state.ts'
export type { KnownPerson, SignedIn, UserDetail } from '../schema/admin/known-person.ts'
export type { HourlyCount, LoggedAttempt, LoggedDelivery } from '../schema/admin/logged-delivery.ts'
export type { PublishedVersion, PublishedVersionDetail } from '../schema/admin/published-version.ts'
export type { SampleMessage } from '../schema/admin/sample-message.ts'
export type {
  ProbeResult,
  WebhookPause,
  WebhookSettings,
  WebhookState,
  WebhookUsage,
} from '../schema/admin/webhook-state.ts'
export type { EventName } from '../schema/event.ts'
export { type AdminClient, createAdminClient } from './admin-client.ts'
export type { AdminDeliveries, DeliveryQuery } from './admin-deliveries.ts'
export type { AdminDocuments, DraftContent } from './admin-documents.ts'
export {
  AccessError,
  AdminError,
  type AdminErrorDetails,
  ClashError,
  ConflictError,
  InvalidError,
  NotFoundError,
  UnavailableError,
} from './admin-error.ts'
export type { AdminPeople, AdminUsers } from './admin-people.ts'
export type { AdminConnection } from './admin-request.ts'
export type { AdminVersions } from './admin-versions.ts'
export type { AdminWebhooks } from './admin-webhooks.ts'
