import type { MissingStep } from '../../../visitors/missing-steps.ts'
import { textIn } from '../../content/draft-object.ts'
import { html, type Markup, when } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { badge } from '../../ui/parts.ts'
import { ago } from '../../ui/time.ts'
import type { TourDraft } from './tour-draft.ts'

/** A step's mark: `not found 12 times in the last 7 days, last on /pricing 2 h ago`. */
export function missingWords({ count, last, path }: MissingStep, now: number): Markup {
  return html`not found ${count === 1 ? 'once' : `${count} times`} in the last 7 days, last on <code>${path}</code> ${ago(last, now)}`
}

/** Above a step's form: what visitors get in its place, and what to do. */
export function missingNote(missing: MissingStep | undefined, now: number): Markup {
  return when(missing, found =>
    noteBar({
      tone: 'wait',
      text: html`<p><b>Its element was ${missingWords(found, now)}.</b> Visitors went on without this step. Pick the element anew, or start the tour where it is.</p>`,
    }),
  )
}

/** In a list: how many of a tour's steps that is about. */
export function missingBadge(missing: ReadonlyMap<string, MissingStep>): Markup | '' {
  if (missing.size === 0) return ''
  return badge('wait', missing.size === 1 ? '1 step not found' : `${missing.size} steps not found`, 'warning')
}

/** Those of a tour's pointers that are meant, by the steps' ids; reports of steps without an id name their place. */
export function missingAmong(
  missing: ReadonlyMap<string, MissingStep>,
  { steps }: TourDraft,
): Map<string, MissingStep> {
  return new Map(
    steps.flatMap((step, index) => {
      const id = textIn(step, 'id')
      const found = missing.get(id) ?? (id === `step-${index + 1}` ? missing.get(String(index)) : undefined)
      return found && step.type === 'pointer' ? [[id, found]] : []
    }),
  )
}
