import * as z from 'zod/mini'
import { type Data, dataSchema } from './data.ts'
import { id, object, optional, required } from './primitives.ts'

/** What a trigger does: today, send data to a webhook. */
export interface Trigger {
  /** What the trigger does. */
  type: 'webhook'
  /** The id of one of the webhooks. */
  webhook: string
  /** What is sent, beside the webhook's own data; the same key here wins. */
  data?: Data | undefined
  /**
   * Whether it fires at every visit of its step, not once per run.
   * @default false
   */
  repeat?: boolean | undefined
}

/** A trigger of the whole tour; serves tours that another library draws, too. */
export type TourTrigger = EndTrigger | StepReachedTrigger

/** Fires when the tour starts or ends. */
export interface EndTrigger {
  /** When it fires: the tour has started, its end was reached, or the visitor left early. */
  on: 'started' | 'completed' | 'closed'
  /** What it does. */
  trigger: Trigger
}

/** Fires when a step is reached. */
export interface StepReachedTrigger {
  /** When it fires: a step is reached. */
  on: 'step'
  /** The step's id, or its index from 0. */
  step: string | number
  /** What it does. */
  trigger: Trigger
}

export const triggerSchema: z.ZodMiniType<Trigger> = object({
  type: required('What the trigger does.', z.literal('webhook')),
  webhook: required('The id of one of the webhooks.', id),
  data: optional("What is sent, beside the webhook's own data; the same key here wins.", dataSchema),
  repeat: optional('Whether it fires at every visit of its step, not once per run.', z.boolean()),
})

const trigger = required('What it does.', triggerSchema)

export const tourTriggerSchema: z.ZodMiniType<TourTrigger> = z.discriminatedUnion('on', [
  object({
    on: required(
      'When it fires: the tour has started, its end was reached, or the visitor left early.',
      z.enum(['started', 'completed', 'closed']),
    ),
    trigger,
  }),
  object({
    on: required('When it fires: a step is reached.', z.literal('step')),
    step: required(
      "The step's id, or its index from 0.",
      z.union([id, z.int().check(z.nonnegative())], { error: "expected a step's id, or its index from 0" }),
    ),
    trigger,
  }),
])
