import { type Problem, pathText } from './config-error.ts'
import { createDidYouMean, type DidYouMean } from './did-you-mean.ts'
import type { Outline, TourOutline } from './outline.ts'

interface Named {
  id?: string | undefined
}

/** What the schema can't see: ids that are given twice, and references that lead nowhere. */
export function referenceProblems({ webhooks, tours, checklists, banners, segments }: Outline): Problem[] {
  const didYouMean = createDidYouMean()
  const webhookIds = idsOf(webhooks)
  const tourIds = idsOf(tours)
  return [
    ...doubledIds(['webhooks'], webhooks),
    ...doubledIds(['tours'], tours),
    ...doubledIds(['checklists'], checklists),
    ...doubledIds(['banners'], banners),
    ...doubledIds(['segments'], segments),
    ...tours.flatMap((tour, index) => tourProblems(tour, ['tours', index], webhookIds, didYouMean)),
    ...checklists.flatMap(({ items = [] }, index) => {
      const path = ['checklists', index, 'items']
      return [
        ...doubledIds(path, items),
        ...items.flatMap((item, at) =>
          unknownId([...path, at, 'tour'], 'tour', item.tour, tourIds, didYouMean),
        ),
      ]
    }),
  ]
}

function tourProblems(
  { steps = [], triggers = [] }: TourOutline,
  path: PropertyKey[],
  webhookIds: Set<string>,
  hint: DidYouMean,
): Problem[] {
  const stepIds = idsOf(steps)
  return [
    ...doubledIds([...path, 'steps'], steps),
    ...steps.flatMap(({ trigger, content = '', fields = [] }, index) => {
      const at = [...path, 'steps', index]
      return [
        ...unknownId([...at, 'trigger', 'webhook'], 'webhook', trigger?.webhook, webhookIds, hint),
        ...linkProblems([...at, 'content'], content, stepIds, hint),
        ...doubled(
          fields.map(field => field.name),
          place => [...at, 'fields', place, 'name'],
        ),
      ]
    }),
    ...triggers.flatMap(({ step, trigger }, index) => {
      const at = [...path, 'triggers', index]
      return [
        ...unknownId([...at, 'trigger', 'webhook'], 'webhook', trigger?.webhook, webhookIds, hint),
        // Without steps of its own, another library draws the tour and knows its steps.
        ...(steps.length > 0 ? stepProblems([...at, 'step'], step, steps.length, stepIds, hint) : []),
      ]
    }),
  ]
}

function stepProblems(
  path: PropertyKey[],
  step: string | number | undefined,
  count: number,
  ids: Set<string>,
  hint: DidYouMean,
): Problem[] {
  if (typeof step !== 'number') return unknownId(path, 'step', step, ids, hint)
  if (step < count) return []
  return [{ path: pathText(path), message: `the tour has ${count} steps, counted from 0; got ${step}` }]
}

/** Buttons in a text that lead to a step: `[Skip this](step:done)`. */
function linkProblems(path: PropertyKey[], text: string, ids: Set<string>, hint: DidYouMean): Problem[] {
  return [...text.matchAll(/\]\(step:([^\s){}]+)\)/g)].flatMap(([, step]) =>
    unknownId(path, 'step', step, ids, hint),
  )
}

function unknownId(
  path: PropertyKey[],
  kind: string,
  id: string | undefined,
  known: Set<string>,
  hint: DidYouMean,
): Problem[] {
  if (id === undefined || known.has(id)) return []
  return [{ path: pathText(path), message: `no ${kind} has the id "${id}"${hint(id, known)}` }]
}

function doubledIds(path: PropertyKey[], items: readonly Named[]): Problem[] {
  return doubled(
    items.map(item => item.id),
    index => [...path, index, 'id'],
  )
}

function doubled(names: readonly (string | undefined)[], pathOf: (index: number) => PropertyKey[]): Problem[] {
  const seen = new Set<string>()
  return names.flatMap((name, index) => {
    if (name === undefined) return []
    const isFirst = !seen.has(name)
    seen.add(name)
    return isFirst ? [] : [{ path: pathText(pathOf(index)), message: `"${name}" is given twice` }]
  })
}

function idsOf(items: readonly Named[]): Set<string> {
  return new Set(items.flatMap(({ id }) => (id === undefined ? [] : [id])))
}
