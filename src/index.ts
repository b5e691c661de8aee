export { startTours } from './autostart/autostart.ts'
export type { DeliveredEvent, DeliveryEvent, FailedEvent } from './delivery/dispatcher.ts'
export type { CompanionConnection } from './delivery/request.ts'
export type { JsonStorage } from './delivery/storage.ts'
export type { TransportMode } from './delivery/transport-memory.ts'
export { loadConfig } from './load-config.ts'
export type { Message } from './message/message.ts'
export type { Activity, ActivityEvent } from './schema/activity.ts'
export type { Config } from './schema/config.ts'
export type { Tour } from './schema/tour.ts'
export type { Trigger } from './schema/triggers.ts'
export type { Webhook } from './schema/webhook.ts'
export type { TourhookLike } from './tour/host.ts'
export type { Run, RunEvent, RunEvents, StepEvent, VisibleStep } from './tour/run.ts'
export type { TourContext } from './tour/sources/sources.ts'
export type { TagSource, TagStore } from './tour/tag-store.ts'
export {
  createTourhook,
  type Renderer,
  type Tourhook,
  type TourhookEvents,
  type TourhookOptions,
  type TriggerContext,
} from './tourhook.ts'
export type { Json } from './values/json.ts'
export type { Tags, TagValue } from './values/tags.ts'
export { type Banner, createBanner } from './widgets/banner.ts'
export { type Checklist, type ChecklistItem, createChecklist } from './widgets/checklist.ts'
