export type { LoggedAttempt, LoggedDelivery } from '../schema/admin/logged-delivery.ts'
export type { ProbeResult, WebhookPause, WebhookState } from '../schema/admin/webhook-state.ts'
export type { EventName } from '../schema/event.ts'
export {
  type AdminClient,
  type AdminDeliveries,
  type AdminWebhooks,
  createAdminClient,
  type DeliveryQuery,
} from './admin-client.ts'
export {
  AccessError,
  AdminError,
  type AdminErrorDetails,
  ConflictError,
  InvalidError,
  NotFoundError,
  UnavailableError,
} from './admin-error.ts'
export type { AdminConnection } from './admin-request.ts'
