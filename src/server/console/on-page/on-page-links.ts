import { hasRole, type Person } from '../access/person.ts'
import type { ContentItem } from '../content/content-item.ts'
import { type DraftObject, textIn } from '../content/draft-object.ts'
import { html, type Markup, nothing, queryOf, segment } from '../ui/markup.ts'
import { linkButton } from '../ui/parts.ts'
import type { PageMode } from './page-binding.ts'

/** What each way of working on the page is called. */
export const modeNames: Record<PageMode, string> = {
  pick: 'Pick on the page',
  edit: 'Edit on the page',
  try: 'Try it',
}

/** The ways from the console to the site's page: of a step, or of the whole tour. */
export function onPageLinks(
  { id, state, draft }: ContentItem,
  { person, root, step }: { person: Person; root: string; step?: DraftObject },
): Markup {
  if (!hasRole(person, 'author') || draft === null) return nothing
  // A trigger shows nothing that could point anywhere; what stands in the file is changed there.
  const editing: PageMode[] = step?.type === 'trigger' ? ['edit'] : ['pick', 'edit']
  const modes: PageMode[] = [...(step && state !== 'file' ? editing : []), 'try']
  return html`<div class="buttons">${modes.map(mode =>
    linkButton({
      href: `${root}tours/${segment(id)}/on-page${queryOf({ mode, step: step && textIn(step, 'id') })}`,
      label: modeNames[mode],
      picture: 'arrow',
      style: 'slim',
    }),
  )}</div>`
}
