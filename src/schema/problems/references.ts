import * as z from 'zod/mini'
import { type Problem, pathText } from './config-error.ts'
import { didYouMean } from './did-you-mean.ts'

const text = z.catch(z.optional(z.string()), undefined)
const trigger = z.catch(z.optional(z.object({ webhook: text })), undefined)
const named = z.object({ id: text })

/** An array whose unreadable entries become `{}`, so that the others keep their index. */
function list<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.catch(z.array(z.catch(z.partial(z.object(shape)), {} as never)), [])
}

/** The ids in a config and what refers to them, as far as they can be read: it never fails. */
const outline = z.catch(
  z.object({
    webhooks: list({ id: text }),
    tours: list({
      id: text,
      steps: list({ id: text, trigger, fields: list({ name: text }) }),
      triggers: list({ step: z.catch(z.optional(z.union([z.string(), z.int()])), undefined), trigger }),
    }),
    checklists: list({ id: text, items: list({ id: text, tour: text }) }),
    banners: list({ id: text }),
    segments: list({ id: text }),
  }),
  { webhooks: [], tours: [], checklists: [], banners: [], segments: [] },
)

type Named = z.infer<typeof named>
type TourOutline = z.infer<typeof outline>['tours'][number]

/** What the schema can't see: ids that are given twice, and references that lead nowhere. */
export function referenceProblems(input: unknown): Problem[] {
  const { webhooks, tours, checklists, banners, segments } = z.parse(outline, input)
  const webhookIds = idsOf(webhooks)
  const tourIds = idsOf(tours)
  return [
    ...doubledIds(['webhooks'], webhooks),
    ...doubledIds(['tours'], tours),
    ...doubledIds(['checklists'], checklists),
    ...doubledIds(['banners'], banners),
    ...doubledIds(['segments'], segments),
    ...tours.flatMap((tour, index) => tourProblems(tour, ['tours', index], webhookIds)),
    ...checklists.flatMap(({ items = [] }, index) => {
      const path = ['checklists', index, 'items']
      return [
        ...doubledIds(path, items),
        ...items.flatMap((item, at) => unknownId([...path, at, 'tour'], 'tour', item.tour, tourIds)),
      ]
    }),
  ]
}

function tourProblems(
  { steps = [], triggers = [] }: TourOutline,
  path: PropertyKey[],
  webhookIds: Set<string>,
): Problem[] {
  const stepIds = idsOf(steps)
  return [
    ...doubledIds([...path, 'steps'], steps),
    ...steps.flatMap(({ trigger, fields = [] }, index) => {
      const at = [...path, 'steps', index]
      return [
        ...unknownId([...at, 'trigger', 'webhook'], 'webhook', trigger?.webhook, webhookIds),
        ...doubled(
          fields.map(field => field.name),
          at => [...path, 'steps', index, 'fields', at, 'name'],
        ),
      ]
    }),
    ...triggers.flatMap(({ step, trigger }, index) => {
      const at = [...path, 'triggers', index]
      return [
        ...unknownId([...at, 'trigger', 'webhook'], 'webhook', trigger?.webhook, webhookIds),
        // Without steps of its own, another library draws the tour and knows its steps.
        ...(steps.length > 0 ? stepProblems([...at, 'step'], step, steps.length, stepIds) : []),
      ]
    }),
  ]
}

function stepProblems(
  path: PropertyKey[],
  step: string | number | undefined,
  count: number,
  ids: Set<string>,
): Problem[] {
  if (typeof step !== 'number') return unknownId(path, 'step', step, ids)
  if (step < count) return []
  return [{ path: pathText(path), message: `the tour has ${count} steps, counted from 0; got ${step}` }]
}

function unknownId(path: PropertyKey[], kind: string, id: string | undefined, known: Set<string>): Problem[] {
  if (id === undefined || known.has(id)) return []
  return [{ path: pathText(path), message: `no ${kind} has the id "${id}"${didYouMean(id, known)}` }]
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
    const isNew = !seen.has(name)
    seen.add(name)
    if (isNew) return []
    return [{ path: pathText(pathOf(index)), message: `"${name}" is given twice` }]
  })
}

function idsOf(items: readonly Named[]): Set<string> {
  return new Set(items.flatMap(({ id }) => (id === undefined ? [] : [id])))
}
