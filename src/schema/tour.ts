import * as z from 'zod/mini'
import { id, object, optional, required } from './primitives.ts'
import { type Start, startSchema } from './start.ts'
import { type Step, stepSchema } from './steps.ts'
import { type TourTrigger, tourTriggerSchema } from './triggers.ts'

/** A tour. One without steps is drawn by another library. */
export interface Tour {
  /** What data-start, checklists and the page's own code call the tour. */
  id: string
  /**
   * The tour's name, for {tour.name}.
   * @default the id
   */
  name?: string | undefined
  /** The steps, in their order; a tour that another library draws has none. */
  steps?: Step[] | undefined
  /** What is sent when the tour starts or ends, or when one of its steps is reached. */
  triggers?: TourTrigger[] | undefined
  /** When the tour starts by itself; without it, data-start or the page's own code starts it. */
  start?: Start | undefined
}

export const tourSchema: z.ZodMiniType<Tour> = object({
  id: required("What data-start, checklists and the page's own code call the tour.", id),
  name: optional("The tour's name, for {tour.name}.", z.string()),
  steps: optional(
    'The steps, in their order; a tour that another library draws has none.',
    z.array(stepSchema),
  ),
  triggers: optional(
    'What is sent when the tour starts or ends, or when one of its steps is reached.',
    z.array(tourTriggerSchema),
  ),
  start: optional(
    "When the tour starts by itself; without it, data-start or the page's own code starts it.",
    startSchema,
  ),
})
