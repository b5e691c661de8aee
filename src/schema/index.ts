export type { Json } from '../values/json.ts'
export type { TagCondition, TagConditions } from '../values/tag-conditions.ts'
export type { Tags, TagValue } from '../values/tags.ts'
export {
  type Activity,
  type ActivityEvent,
  activityEventSchema,
  activitySchema,
  type ChecklistItemCompletedActivity,
  type ContentActivity,
  type Relayed,
  type RelayedEvent,
  type RelayedMessage,
  relayedSchema,
  type StepNotFoundActivity,
  type TourCompletedActivity,
  type VisitorActivity,
} from './activity.ts'
export {
  type CheckedConfig,
  type Config,
  checkConfig,
  configSchema,
  parseConfig,
} from './config.ts'
export {
  type AnswerSource,
  type ConstantSource,
  type Data,
  dataSchema,
  type ElementSource,
  type PageSource,
  type Source,
  sourceSchema,
  type TagValueSource,
  type TourSource,
} from './data.ts'
export { type EventName, eventNameSchema, type OperationalEventName, subscriptionSchema } from './event.ts'
export {
  type CheckboxField,
  type ChoiceField,
  type Field,
  type FieldBase,
  fieldSchema,
  type NumberField,
  type ScaleField,
  type TextField,
} from './field.ts'
export { configJsonSchema } from './json-schema.ts'
export { ConfigError, type Problem } from './problems/config-error.ts'
export { type Start, startSchema } from './start.ts'
export {
  type ModalStep,
  type PointerStep,
  type SlideoutStep,
  type Step,
  type StepContent,
  stepSchema,
  type TriggerStep,
} from './steps.ts'
export { type Tour, tourSchema } from './tour.ts'
export {
  type EndTrigger,
  type StepReachedTrigger,
  type TourTrigger,
  type Trigger,
  tourTriggerSchema,
  triggerSchema,
} from './triggers.ts'
export { type Webhook, type WebhookAuth, type WebhookTransport, webhookSchema } from './webhook.ts'
export {
  type BannerDefinition,
  bannerSchema,
  type ChecklistDefinition,
  type ChecklistItemDefinition,
  checklistSchema,
  type Segment,
  segmentSchema,
} from './widgets.ts'
