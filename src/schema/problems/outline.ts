import * as z from 'zod/mini'

const text = z.catch(z.optional(z.string()), undefined)
const number = z.catch(z.optional(z.number()), undefined)
const texts = z.catch(z.array(text), [])
const source = z.catch(z.object({ tag: text, answer: text, element: text }), {})
const data = z.catch(z.record(z.string(), source), {})
const trigger = z.catch(z.optional(z.object({ webhook: text, data })), undefined)
const conditions = z.catch(z.record(z.string(), z.unknown()), {})

/** An array whose unreadable entries become `{}`, so that the others keep their index. */
function list<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.catch(z.array(z.catch(z.partial(z.object(shape)), {} as never)), [])
}

/** What in a config refers to something, or is referred to, as far as it can be read: it never fails. */
const outline = z.catch(
  z.object({
    webhooks: list({
      id: text,
      name: text,
      url: text,
      method: text,
      secret: text,
      events: texts,
      contents: texts,
      data,
      body: z.unknown(),
    }),
    tours: list({
      id: text,
      steps: list({
        id: text,
        type: text,
        title: text,
        content: text,
        element: text,
        trigger,
        fields: list({ name: text, label: text, options: texts, min: number, max: number }),
      }),
      triggers: list({
        on: text,
        step: z.catch(z.optional(z.union([z.string(), z.int()])), undefined),
        trigger,
      }),
      start: z.catch(
        z.optional(z.object({ url: text, element: text, tags: conditions, event: text, delayMs: number })),
        undefined,
      ),
    }),
    checklists: list({ id: text, items: list({ id: text, tour: text }) }),
    banners: list({ id: text, content: text }),
    segments: list({ id: text, tags: conditions, completed: texts, notCompleted: texts }),
  }),
  { webhooks: [], tours: [], checklists: [], banners: [], segments: [] },
)

export type Outline = z.infer<typeof outline>
export type TourOutline = Outline['tours'][number]
export type DataOutline = z.infer<typeof data>

/** Values that are gathered somewhere: by a webhook with every message, or by a trigger of a tour. */
export interface Gathered {
  path: PropertyKey[]
  data: DataOutline
  /** The webhook that they go to. */
  webhook: string | undefined
  /** The trigger's tour. */
  tour?: TourOutline
}

/** Reads what refers to something in a config. */
export function outlineOf(input: unknown): Outline {
  return z.parse(outline, input)
}

/** Everything that is gathered, and where in the config it says so. */
export function gatheredIn({ webhooks, tours }: Outline): Gathered[] {
  return [
    ...webhooks.map(({ id, data = {} }, index) => ({ path: ['webhooks', index, 'data'], data, webhook: id })),
    ...tours.flatMap((tour, index) =>
      (['steps', 'triggers'] as const).flatMap(list =>
        (tour[list] ?? []).flatMap(({ trigger }, at) => {
          const path = ['tours', index, list, at, 'trigger', 'data']
          return trigger ? [{ path, data: trigger.data, webhook: trigger.webhook, tour }] : []
        }),
      ),
    ),
  ]
}

/** Every text in a template, and where it stands. */
export function textsIn(value: unknown, path: PropertyKey[]): { path: PropertyKey[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}
