export {
  type Activity,
  type ActivityEvent,
  activitySchema,
  activityEventSchema,
  type Relayed,
  relayedSchema,
} from './activity.ts'
export { type Config, configSchema, configJsonSchema, parseConfig } from './config.ts'
export { type BannerDefinition, bannerSchema, type ChecklistDefinition, checklistSchema, type Segment, segmentSchema } from './widgets.ts'
export { type Data, dataSchema, type Source, sourceSchema } from './data.ts'
export { type EventName, eventNameSchema } from './event.ts'
export { ConfigError, type Problem } from './config-error.ts'
export type { Field, Start, Step, Tour, TourTrigger, Trigger } from './tour.ts'
export { fieldSchema, startSchema, stepSchema, tourSchema, tourTriggerSchema, triggerSchema } from './tour.ts'
export { type WebhookTransport, type Webhook, webhookSchema } from './webhook.ts'
