import * as z from 'zod/mini'
import { dataSchema } from './data.ts'
import { id, name, object, tagConditions, text } from './primitives.ts'

/** What a trigger does: today, send data to a webhook. */
export const triggerSchema = object({
  type: z.literal('webhook'),
  webhook: id.check(z.describe('The id of one of the webhooks.')),
  data: z.optional(dataSchema),
  repeat: z.optional(z.boolean().check(z.describe('Fires at every visit, not once per run.'))),
})

const fieldBase = {
  name,
  label: z.optional(z.string()),
  required: z.optional(z.boolean()),
}
const withPlaceholder = { ...fieldBase, placeholder: z.optional(z.string()) }
const options = z.array(text).check(z.minLength(1))

/** A question of a step; its answer is kept under `name`. */
export const fieldSchema = z.discriminatedUnion('type', [
  object({ ...withPlaceholder, type: z.literal('text') }),
  object({ ...withPlaceholder, type: z.literal('textarea') }),
  object({ ...withPlaceholder, type: z.literal('email') }),
  object({
    ...withPlaceholder,
    type: z.literal('number'),
    min: z.optional(z.number()),
    max: z.optional(z.number()),
  }),
  object({ ...fieldBase, type: z.literal('select'), options }),
  object({ ...fieldBase, type: z.literal('radio'), options }),
  object({ ...fieldBase, type: z.literal('checkbox'), options: z.optional(options) }),
  object({ ...fieldBase, type: z.literal('rating') }),
  object({ ...fieldBase, type: z.literal('nps') }),
])

const content = {
  id: z.optional(id),
  title: z.optional(z.string().check(z.describe('May hold {placeholders}.'))),
  content: z.optional(z.string().check(z.describe('May hold {placeholders}.'))),
  fields: z.optional(z.array(fieldSchema)),
}
const element = text.check(z.describe('A CSS selector.'))
const place = z.enum(['top', 'right', 'bottom', 'left'])

/** One step: it waits for the visitor, or, if a trigger, does its work and lets the tour go on. */
export const stepSchema = z.discriminatedUnion('type', [
  object({ ...content, type: z.literal('modal') }),
  object({ ...content, type: z.literal('pointer'), element, place: z.optional(place) }),
  object({ ...content, type: z.literal('slideout') }),
  object({ id: z.optional(id), type: z.literal('trigger'), trigger: triggerSchema }),
])

/** A trigger of the whole tour; serves tours that another library draws, too. */
export const tourTriggerSchema = z.discriminatedUnion('on', [
  object({ on: z.literal('started'), trigger: triggerSchema }),
  object({ on: z.literal('completed'), trigger: triggerSchema }),
  object({ on: z.literal('closed'), trigger: triggerSchema }),
  object({
    on: z.literal('step'),
    step: z.union([id, z.int().check(z.nonnegative())], { error: "expected a step's id, or its index from 0" }),
    trigger: triggerSchema,
  }),
])

/** When a tour starts by itself; every condition that is given must hold. */
export const startSchema = object({
  url: z.optional(text.check(z.describe('A path pattern: /projects/*, or a whole URL pattern.'))),
  tags: z.optional(tagConditions),
  element: z.optional(element.check(z.describe('Waits until this element is on the page.'))),
  event: z.optional(
    text.check(z.describe('Waits for this DOM event, such as "click", on the element or on the document.')),
  ),
  delayMs: z.optional(z.int().check(z.nonnegative())),
  once: z.optional(z.boolean().check(z.describe('Once per visitor. Default: true.'))),
})

/** A tour. One without steps is drawn by another library. */
export const tourSchema = object({
  id,
  name: z.optional(z.string()),
  steps: z.optional(z.array(stepSchema)),
  triggers: z.optional(z.array(tourTriggerSchema)),
  start: z.optional(startSchema),
})

export type Trigger = z.infer<typeof triggerSchema>
export type Field = z.infer<typeof fieldSchema>
export type Step = z.infer<typeof stepSchema>
export type TourTrigger = z.infer<typeof tourTriggerSchema>
export type Start = z.infer<typeof startSchema>
export type Tour = z.infer<typeof tourSchema>
