import type { Json } from '../../../../values/json.ts'
import { type DraftObject, objectOf, objectsIn } from '../../content/draft-object.ts'

/** A tour as people work on it. Its parts are there, whatever else is right about it. */
export interface TourDraft extends DraftObject {
  id: string
  steps: DraftObject[]
  triggers: DraftObject[]
}

/** A draft as a tour; every step has an id, so that changes of two people find their step. */
export function tourDraftOf(draft: Json | undefined, id: string): TourDraft {
  const tour = objectOf(draft)
  const steps = objectsIn(tour.steps)
  const taken = new Set(steps.map(step => step.id))
  return {
    ...tour,
    id,
    steps: steps.map((step, index) =>
      typeof step.id === 'string' ? step : { ...step, id: freeId(`step-${index + 1}`, taken) },
    ),
    triggers: objectsIn(tour.triggers),
  }
}

/** As it is saved: without what says nothing. */
export function savedTour({ steps, triggers, ...tour }: TourDraft): Json {
  return { ...tour, ...(steps.length > 0 && { steps }), ...(triggers.length > 0 && { triggers }) }
}

/** The tour with one step changed; `undefined` takes it away. */
export function withStep(tour: TourDraft, id: string, step: DraftObject | undefined): TourDraft {
  return { ...tour, steps: tour.steps.flatMap(one => (one.id !== id ? [one] : step ? [step] : [])) }
}

/** The tour with one of its own triggers changed; `undefined` takes it away. */
export function withTrigger(tour: TourDraft, index: number, trigger: DraftObject | undefined): TourDraft {
  return {
    ...tour,
    triggers: tour.triggers.flatMap((one, at) => (at !== index ? [one] : trigger ? [trigger] : [])),
  }
}

/** The tour with a step one place further up or down. */
export function movedStep(tour: TourDraft, id: string, direction: 'up' | 'down'): TourDraft {
  const from = tour.steps.findIndex(step => step.id === id)
  const to = direction === 'up' ? from - 1 : from + 1
  if (from < 0 || to < 0 || to >= tour.steps.length) return tour
  const steps = [...tour.steps]
  steps.splice(to, 0, ...steps.splice(from, 1))
  return { ...tour, steps }
}

/** `name`, or `name-2` and so on when there is one. */
export function freeId(name: string, taken: { has(id: string): boolean }): string {
  let id = name
  for (let number = 2; taken.has(id); number += 1) id = `${name}-${number}`
  return id
}
