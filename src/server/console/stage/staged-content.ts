import type { Staged } from '../../../schema/admin/staged.ts'
import type { Json } from '../../../values/json.ts'
import type { DocumentKind } from '../../stores/console-store.ts'
import { objectOf, objectsIn } from '../content/draft-object.ts'
import { exampleNamed, type SeenValues } from '../message/examples.ts'

/** The kinds of content that visitors see. */
export const stagedKinds = ['tours', 'checklists', 'banners'] as const satisfies DocumentKind[]

export type StagedKind = (typeof stagedKinds)[number]

/** A draft as the stage takes it: only what is seen, and an example for each placeholder. */
export function stagedContent(
  {
    kind,
    id,
    draft,
    step,
  }: { kind: StagedKind; id: string; draft: Json | undefined; step?: string | undefined },
  seen: SeenValues,
): Staged {
  const shown = { ...objectOf(draft), id }
  return { content: contentOf(kind, shown), step, tags: examplesIn(shown, seen) }
}

function contentOf(kind: StagedKind, draft: { id: string; [key: string]: Json }): Staged['content'] {
  if (kind === 'checklists') return { checklist: { items: [], ...draft } }
  if (kind === 'banners') return { banner: draft }
  const { triggers: _, start: __, steps, ...tour } = draft
  const seenSteps = objectsIn(steps).filter(step => typeof step.id === 'string' && step.type !== 'trigger')
  // Whatever else is missing in it, the stage says so.
  return { tour: { ...tour, steps: seenSteps.map(withOptions) as never[] } }
}

/** A question that has nothing to choose from yet is drawn all the same. */
function withOptions(step: { [key: string]: Json }): { [key: string]: Json } {
  if (step.fields === undefined) return step
  const fields = objectsIn(step.fields).map(field =>
    /^(select|radio)$/.test(String(field.type)) ? { options: [], ...field } : field,
  )
  return { ...step, fields }
}

/** `{firstName}` and `{tag.plan}` wherever they stand. */
function examplesIn(draft: Json, seen: SeenValues): Record<string, Json> {
  const names = [...JSON.stringify(draft).matchAll(/\{(?:tag\.)?([\w-]+)\}/g)].map(([, name = '']) => name)
  return Object.fromEntries(names.map(name => [name, exampleNamed(name, seen)]))
}
