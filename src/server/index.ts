export { type Clock, systemClock } from './clock.ts'
export { type Companion, type CompanionOptions, createCompanion } from './companion/companion.ts'
export {
  type ClientAddress,
  forwardedAddress,
  forwardedThrough,
  socketAddress,
} from './companion/middleware/client-address.ts'
export type { Rate } from './companion/middleware/token-bucket.ts'
export type { Person, Role } from './console/access/person.ts'
export type { Admin } from './console/access/sessions.ts'
export type { ConsoleAccess } from './console/console.ts'
export type { Probe, ProbeOptions } from './egress/probe.ts'
export type { DeliveryLog, DeliveryPage } from './emitter/delivery-log.ts'
export type { EmittedEvent } from './emitter/emitted-event.ts'
export { createEmitter, type Emitter, type EmitterOptions } from './emitter/emitter.ts'
export type { AttemptEvent, EmitterEvents, OperationalEvent } from './emitter/emitter-events.ts'
export type { EmitOptions, RelayOptions, RelayOutcome, StateChange } from './emitter/intake.ts'
export type { NewWebhook, WebhookAdmin, WebhookChange } from './emitter/webhook-admin.ts'
export type { Cursor, DeliveryFilter, DeliveryKey, DeliveryState } from './stores/log-query.ts'
export { memoryStore } from './stores/memory/memory.ts'
export { type PostgresStoreOptions, postgresStore } from './stores/postgres/postgres.ts'
export { type SqliteStoreOptions, sqliteStore } from './stores/sqlite/sqlite.ts'
export type {
  AddOptions,
  AddResult,
  Attempt,
  BulkOptions,
  Delivery,
  DeliveryList,
  DisabledReason,
  HourCount,
  HourSpan,
  NewDelivery,
  SetAside,
  Settlement,
  Store,
  StoreOptions,
  Transaction,
} from './stores/store.ts'
export { StoreError } from './stores/store-error.ts'
export { userHashOf } from './user-hash.ts'
export type { WebhookSummary } from './webhooks/webhook-summary.ts'
