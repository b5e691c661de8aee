import { type Problem, pathText } from './config-error.ts'
import { createDidYouMean, type DidYouMean } from './did-you-mean.ts'
import type { Outline, TourOutline } from './outline.ts'

interface Named {
  id?: string | undefined
}

/** What the schema can't see: ids that are given twice, and references that lead nowhere. */
export function referenceProblems({ webhooks, tours, checklists, banners, segments }: Outline): Problem[] {
  const didYouMean = createDidYouMean()
  const findWebhook = createWebhookReferences(webhooks, didYouMean)
  const tourIds = idsOf(tours)
  return [
    ...doubledIds(['webhooks'], webhooks),
    ...doubledIds(['tours'], tours),
    ...doubledIds(['checklists'], checklists),
    ...doubledIds(['banners'], banners),
    ...doubledIds(['segments'], segments),
    ...tours.flatMap((tour, index) => tourProblems(tour, ['tours', index], findWebhook, didYouMean)),
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
  findWebhook: FindWebhook,
  hint: DidYouMean,
): Problem[] {
  const stepIds = idsOf(steps)
  return [
    ...doubledIds([...path, 'steps'], steps),
    ...steps.flatMap(({ trigger, content = '', fields = [] }, index) => {
      const at = [...path, 'steps', index]
      return [
        ...findWebhook([...at, 'trigger', 'webhook'], trigger?.webhook),
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
        ...findWebhook([...at, 'trigger', 'webhook'], trigger?.webhook),
        // Without steps of its own, another library draws the tour and knows its steps.
        ...(steps.length > 0 ? stepProblems([...at, 'step'], step, steps.length, stepIds, hint) : []),
      ]
    }),
  ]
}

type FindWebhook = (path: PropertyKey[], id: string | undefined) => Problem[]

/** Says of a reference to a webhook that is none what it was meant to be; an address, which may be a secret, not whole. */
function createWebhookReferences(webhooks: Outline['webhooks'], hint: DidYouMean): FindWebhook {
  const ids = idsOf(webhooks)
  const byOther = new Map(webhooks.flatMap(({ id, name, url }) => [[name, id] as const, [url, id] as const]))
  return (path, id) => {
    if (id === undefined || ids.has(id)) return []
    const meant = byOther.get(id)
    const remedy = meant === undefined ? '' : `; write its id, "${meant}"`
    const isAddress = /^https?:/i.test(id)
    const message = isAddress
      ? `no webhook has an address as its id${remedy || '; write the id of one of "webhooks"'}`
      : `no webhook has the id "${id}"${remedy || hint(id, ids)}`
    return [{ path: pathText(path), message }]
  }
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
