export {
  type Activity,
  type ActivityEvent,
  activityEventSchema,
  activitySchema,
  type Relayed,
  relayedSchema,
} from './activity.ts'
export { type Config, configJsonSchema, configSchema, parseConfig } from './config.ts'
export { ConfigError, type Problem } from './config-error.ts'
export { type Data, dataSchema, type Source, sourceSchema } from './data.ts'
export { type EventName, eventNameSchema } from './event.ts'
export type { Field, Start, Step, Tour, TourTrigger, Trigger } from './tour.ts'
export { fieldSchema, startSchema, stepSchema, tourSchema, tourTriggerSchema, triggerSchema } from './tour.ts'
export { type Webhook, type WebhookTransport, webhookSchema } from './webhook.ts'
export {
  type BannerDefinition,
  bannerSchema,
  type ChecklistDefinition,
  checklistSchema,
  type Segment,
  segmentSchema,
} from './widgets.ts'
