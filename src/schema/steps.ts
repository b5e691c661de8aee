import * as z from 'zod/mini'
import { type Field, fieldSchema } from './field.ts'
import { id, object, optional, required, text } from './primitives.ts'
import { type Trigger, triggerSchema } from './triggers.ts'

/** One step: it waits for the visitor, or, if a trigger, does its work and lets the tour go on. */
export type Step = ModalStep | PointerStep | SlideoutStep | TriggerStep

/** What every step that waits for the visitor has. */
export interface StepContent {
  /** What triggers, links and the page's own code call the step. */
  id?: string | undefined
  /** The heading; may hold {placeholders}. */
  title?: string | undefined
  /**
   * The text, with **bold**, *italic*, [links](https://example.com) and [buttons](step:done) to other steps; may hold
   * {placeholders}.
   */
  content?: string | undefined
  /** The questions, in their order. */
  fields?: Field[] | undefined
}

/** A step in the middle of the page. */
export interface ModalStep extends StepContent {
  /** In the middle of the page, over everything else. */
  type: 'modal'
}

/** A step that points at something on the page. */
export interface PointerStep extends StepContent {
  /** Points at an element of the page. */
  type: 'pointer'
  /** A CSS selector: what the step points at. */
  element: string
  /**
   * The side of the element that the step is on, if there is room.
   * @default 'bottom'
   */
  place?: 'top' | 'right' | 'bottom' | 'left' | undefined
}

/** A step in the corner. */
export interface SlideoutStep extends StepContent {
  /** In the corner, beside what the visitor does. */
  type: 'slideout'
}

/** A step that nobody sees. */
export interface TriggerStep {
  /** What the page's own code calls the step, and what arrives as the event's "step". */
  id?: string | undefined
  /** Does its work, and the tour goes on at once. */
  type: 'trigger'
  /** What it does. */
  trigger: Trigger
}

const content = {
  id: optional("What triggers, links and the page's own code call the step.", id),
  title: optional('The heading; may hold {placeholders}.', z.string()),
  content: optional(
    'The text, with **bold**, *italic*, [links](https://example.com) and [buttons](step:done) to other steps; may hold {placeholders}.',
    z.string(),
  ),
  fields: optional('The questions, in their order.', z.array(fieldSchema)),
}

export const stepSchema: z.ZodMiniType<Step> = z.discriminatedUnion('type', [
  object({
    ...content,
    type: required('In the middle of the page, over everything else.', z.literal('modal')),
  }),
  object({
    ...content,
    type: required('Points at an element of the page.', z.literal('pointer')),
    element: required('A CSS selector: what the step points at.', text),
    place: optional(
      'The side of the element that the step is on, if there is room.',
      z.enum(['top', 'right', 'bottom', 'left']),
    ),
  }),
  object({
    ...content,
    type: required('In the corner, beside what the visitor does.', z.literal('slideout')),
  }),
  object({
    id: optional('What the page\'s own code calls the step, and what arrives as the event\'s "step".', id),
    type: required('Does its work, and the tour goes on at once.', z.literal('trigger')),
    trigger: required('What it does.', triggerSchema),
  }),
])
