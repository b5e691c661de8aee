import type { Problem } from '../../../../schema/problems/config-error.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'

/** What keeps a draft from being published. */
export function problemList(problems: readonly Problem[]): Markup {
  if (problems.length === 0) return nothing
  return noteBar({
    tone: 'wait',
    text: html`<p><b>${problems.length === 1 ? 'One thing is' : `${problems.length} things are`} missing before this can be published.</b></p><ul>${problems.map(
      ({ path, message }) => html`<li>${path === '' ? '' : html`<code>${path}</code> `}${message}</li>`,
    )}</ul>`,
  })
}
