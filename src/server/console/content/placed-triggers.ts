import type { Json } from '../../../values/json.ts'
import { type DraftObject, objectOf, objectsIn, textIn } from './draft-object.ts'

/** A trigger in a tour's draft, and where it stands: at a step, or at a moment of the whole tour. */
export interface PlacedTrigger {
  /** The step's id, or its place. */
  step?: string | undefined
  /** When it fires, such as `completed`; of the tour's own. */
  on?: string | undefined
  /** Its place among the steps, or among the tour's own triggers. */
  index: number
  /** The webhook that it names. */
  webhook: string
  trigger: DraftObject
}

/** The triggers of a tour that name a webhook: its steps', then its own. */
export function placedTriggers(tour: Json | undefined): PlacedTrigger[] {
  const { steps, triggers } = objectOf(tour)
  return [
    ...objectsIn(steps).map((step, index) => ({
      step: textIn(step, 'id') || String(index),
      index,
      trigger: objectOf(step.trigger),
    })),
    ...objectsIn(triggers).map((own, index) => ({
      on: textIn(own, 'on') || undefined,
      index,
      trigger: objectOf(own.trigger),
    })),
  ].flatMap(place => {
    const webhook = textIn(place.trigger, 'webhook')
    return webhook === '' ? [] : [{ ...place, webhook }]
  })
}
