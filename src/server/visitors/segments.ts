import type { Segment } from '../../schema/widgets.ts'
import { meetsConditions } from '../../values/tag-conditions.ts'
import { allTags, type Visitor } from './visitor.ts'

/** The ids of the segments whose every rule the visitor meets. */
export function segmentsOf(
  visitor: Pick<Visitor, 'tags' | 'managedTags' | 'tours' | 'checklists'>,
  segments: readonly Segment[],
): string[] {
  const completed = new Set([...visitor.tours, ...visitor.checklists])
  const tags = allTags(visitor)
  return segments
    .filter(
      rules =>
        meetsConditions(rules.tags ?? {}, tags) &&
        (rules.completed ?? []).every(id => completed.has(id)) &&
        !(rules.notCompleted ?? []).some(id => completed.has(id)),
    )
    .map(({ id }) => id)
}
