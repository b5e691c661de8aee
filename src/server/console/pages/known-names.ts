import type { Json } from '../../../values/json.ts'
import type { Person } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import { objectOf, objectsIn, textIn } from '../content/draft-object.ts'
import { seenValues } from '../message/seen-values.ts'
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
  for (const name of Object.keys(await seenValues(deliveries, person)))
    if (!names.has(name)) names.set(name, 'sent lately')
  return [...names]
    .filter(([name]) => name.length <= longestName)
    .slice(0, mostNames)
    .map(([name, from]) => ({ name, from: shortened(from, 60) }))
}

/** The names of the questions in a tour. */
export function fieldNames(tour: Json | undefined): string[] {
  return objectsIn(objectOf(tour).steps)
    .flatMap(step => objectsIn(step.fields))
    .flatMap(field => textIn(field, 'name') || [])
}
