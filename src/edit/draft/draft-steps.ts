import type { Source } from '../../schema/data.ts'
import type { Field } from '../../schema/field.ts'
import type { Step, TriggerStep } from '../../schema/steps.ts'
import type { Tour } from '../../schema/tour.ts'
import type { Json } from '../../values/json.ts'

/** A step that a visitor sees. */
export type ShownStep = Exclude<Step, TriggerStep>

/** Of a draft, anything may be missing. */
export function stepsOf({ steps }: Tour): Step[] {
  return steps ?? []
}

/** The tour with one of its steps replaced. */
export function withStepReplaced(tour: Tour, index: number, step: Step): Tour {
  return { ...tour, steps: stepsOf(tour).map((one, at) => (at === index ? step : one)) }
}

/** The tour with a step put in before this place. */
export function withStepAt(tour: Tour, index: number, step: Step): Tour {
  const steps = stepsOf(tour)
  return { ...tour, steps: [...steps.slice(0, index), step, ...steps.slice(index)] }
}

export function withoutStep(tour: Tour, index: number): Tour {
  return { ...tour, steps: stepsOf(tour).filter((_, at) => at !== index) }
}

/** What a step is called in lists: its heading, or what it is. */
export function nameOfStep(step: Step): string {
  if (step.type === 'trigger') return `Trigger event${step.id ? ` “${step.id}”` : ''}`
  return step.title || step.content?.slice(0, 40) || step.id || 'Without words'
}

/** An id that no step of the tour has. */
export function freeStepId(tour: Tour, wanted: string): string {
  const taken = stepsOf(tour).map(({ id }) => id)
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? wanted : `${wanted}-${count}`
    if (!taken.includes(id)) return id
  }
}

/** The step as another kind of step, with the words and questions that it has. */
export function asType(step: ShownStep, type: ShownStep['type']): ShownStep {
  if (step.type === type) return step
  const { id, title, content, fields, ...rest } = step
  const words = withoutEmpty({ id, title, content, fields })
  if (type !== 'pointer') return { ...words, type }
  const { element = '', place } = rest as { element?: string; place?: 'top' }
  return { ...words, type, element, ...(place && { place }) }
}

/** Changes one entry of an object; an empty text or `undefined` takes it out. */
export function withEntry<T extends object>(of: T, key: string, value: unknown): T {
  const { [key]: _, ...rest } = of as Record<string, unknown>
  return (value === undefined || value === '' ? rest : { ...rest, [key]: value }) as T
}

/** The names of all that the tour asks before this step, or at all. */
export function answerNames(tour: Tour): string[] {
  return stepsOf(tour).flatMap(step =>
    step.type === 'trigger' ? [] : (step.fields ?? []).map(({ name }) => name),
  )
}

/** The question as another kind of question. */
export function asFieldType({ name, label, required, ...rest }: Field, type: Field['type']): Field {
  const base = withoutEmpty({ name, label, required })
  const options = 'options' in rest && rest.options?.length ? rest.options : undefined
  if (hasOptions(type)) return { ...base, type, options: options ?? ['Yes', 'No'] } as Field
  return (type === 'checkbox' && options ? { ...base, type, options } : { ...base, type }) as Field
}

export function hasOptions(type: Field['type']): boolean {
  return type === 'select' || type === 'radio'
}

/** Where a value may come from, by the key that says it. */
export const sourceKinds = ['tag', 'answer', 'element', 'page', 'tour', 'value'] as const
export type SourceKind = (typeof sourceKinds)[number]

export function kindOfSource(source: Source): SourceKind {
  return sourceKinds.find(kind => kind in source) ?? 'value'
}

/** The draft with another value at the path of a clash: keys, and the ids of what is in lists. */
export function withChoiceAt(
  value: Json | undefined,
  [key, ...rest]: string[],
  chosen: Json | undefined,
): Json | undefined {
  if (key === undefined) return chosen
  if (Array.isArray(value)) {
    const at = value.findIndex(item => idOf(item) === key)
    if (at < 0) return rest.length === 0 && chosen !== undefined ? [...value, chosen] : value
    const changed = withChoiceAt(value[at], rest, chosen)
    return value.flatMap((item, index) => (index === at ? (changed === undefined ? [] : [changed]) : [item]))
  }
  const object = typeof value === 'object' && value !== null ? value : {}
  return withEntry(object, key, withChoiceAt(object[key], rest, chosen)) as Json
}

/** What tells an item of a list from the others. */
export function idOf(item: Json): unknown {
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? (item.id ?? item.name) : item
}

function withoutEmpty<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
