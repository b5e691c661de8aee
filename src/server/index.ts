export { type Clock, systemClock } from './clock.ts'
export { type Companion, type CompanionOptions, createCompanion } from './companion.ts'
export type { Deliveries, DeliveryPage } from './deliveries.ts'
export { type ClientAddress, forwardedAddress, socketAddress } from './doors/client.ts'
export type { Rate } from './doors/rate-limit.ts'
export { userHashOf } from './doors/secrets.ts'
export type { EmittedEvent } from './emitted-event.ts'
export { type Application, createEmitter, type Emitter, type EmitterOptions } from './emitter.ts'
export type { EmitterEvents } from './events.ts'
export type { Probe, ProbeOptions } from './probe.ts'
export { memoryStore } from './stores/memory.ts'
export { type PostgresStoreOptions, postgresStore } from './stores/postgres.ts'
export { sqliteStore } from './stores/sqlite.ts'
export type {
  Attempt,
  Delivery,
  DeliveryFilter,
  DeliveryState,
  DisabledReason,
  NewDelivery,
  Store,
  Transaction,
} from './stores/store.ts'
export type { WebhookSummary } from './webhook-summary.ts'
export type { NewWebhook, WebhookChange, Webhooks } from './webhooks.ts'
