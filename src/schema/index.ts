export {
  type Activity,
  type ActivityEvent,
  activity,
  activityEvent,
  type Relayed,
  relayed,
} from './activity.ts'
export { type Config, config, configJsonSchema, parseConfig } from './config.ts'
export { type Banner, banner, type Checklist, checklist, type Segment, segment } from './widgets.ts'
export { type Data, data, type Source, source } from './data.ts'
export { type EventName, eventName } from './event.ts'
export { ConfigError, type Problem } from './config-error.ts'
export type { Field, Start, Step, Tour, TourTrigger, Trigger } from './tour.ts'
export { field, start, step, tour, tourTrigger, trigger } from './tour.ts'
export { type Transport, type Webhook, webhook } from './webhook.ts'
