import type { Json } from '../../../values/json.ts'
import type { Person } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import type { SeenValues } from '../message/examples.ts'
import { shortened } from '../ui/shortened.ts'

/** A name to suggest, and where it is from. */
export interface KnownName {
  name: string
  from: string
}

/** Beyond these, a list of suggestions helps nobody, and weighs. */
const [mostNames, longestName] = [150, 100]

/** The answers that tours ask for and the keys that messages had lately. */
export async function knownNames(
  { content, deliveries }: Pick<ConsoleServices, 'content' | 'deliveries'>,
  person: Person,
): Promise<KnownName[]> {
  const tours = await content.list('tours')
  const names = new Map<string, string>()
  for (const { draft, id } of tours) for (const name of fieldNames(draft)) names.set(name, `answer in ${id}`)
  for (const name of Object.keys(await seenValues({ deliveries }, person)))
    if (!names.has(name)) names.set(name, 'sent lately')
  return [...names]
    .filter(([name]) => name.length <= longestName)
    .slice(0, mostNames)
    .map(([name, from]) => ({ name, from: shortened(from, 60) }))
}

/** Values that really came, of the newest messages, as this person may see them. */
export async function seenValues(
  { deliveries }: Pick<ConsoleServices, 'deliveries'>,
  person: Person,
): Promise<SeenValues> {
  const newest = await deliveries.list(person, { limit: 20 })
  return Object.assign({}, ...newest.deliveries.toReversed().map(({ message }) => message.data))
}

/** The names of the questions in a tour. */
export function fieldNames(tour: Json | undefined): string[] {
  if (typeof tour !== 'object' || tour === null || Array.isArray(tour) || !Array.isArray(tour.steps)) return []
  return tour.steps.flatMap(step => {
    const fields = typeof step === 'object' && step !== null && !Array.isArray(step) ? step.fields : undefined
    if (!Array.isArray(fields)) return []
    return fields.flatMap(field => {
      const name: unknown = typeof field === 'object' && field !== null ? Reflect.get(field, 'name') : undefined
      return typeof name === 'string' ? [name] : []
    })
  })
}
