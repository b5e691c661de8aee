import { nameOfItem } from '../../content/content-item.ts'
import { type DraftObject, objectOf, textIn, withEntries } from '../../content/draft-object.ts'
import { checkField, textField } from '../../ui/form-fields.ts'
import { html, type Markup } from '../../ui/markup.ts'
import type { SimpleContent } from '../content/simple-content-pages.ts'
import { conditionFields, readConditionFields } from '../tours/fields/start-fields.ts'

/** Segments, as the console shows them. */
export const segmentContent: SimpleContent = {
  kind: 'segments',
  section: 'Settings',
  title: 'Segments',
  noun: 'segment',
  lead: 'Users who meet every rule. Joining or leaving one is an event that a webhook can hear of.',
  picture: 'users',
  fresh: {},
  describe: draft =>
    `${Object.keys(objectOf(draft.tags)).length} rules on tags, ${listIn(draft, 'completed').length} to have completed`,
  async fields(draft, { content }) {
    const items = [...(await content.list('tours')), ...(await content.list('checklists'))]
    const known = items.map(item => ({ id: item.id, name: nameOfItem(item) }))
    return html`${textField({ name: 'name', label: 'Name', value: textIn(draft, 'name') })}${conditionFields('tags', objectOf(draft.tags))}${ticks('completed', 'Who has completed', known, listIn(draft, 'completed'))}${ticks('notCompleted', 'Who has not completed', known, listIn(draft, 'notCompleted'))}`
  },
  read: (form, before) => {
    const tags = readConditionFields(form, 'tags', objectOf(before.tags))
    return withEntries(before, {
      name: form.text('name'),
      tags: Object.keys(tags).length > 0 ? tags : undefined,
      completed: form.all('completed'),
      notCompleted: form.all('notCompleted'),
    })
  },
}

function ticks(
  name: string,
  legend: string,
  known: readonly { id: string; name: string }[],
  chosen: readonly string[],
): Markup {
  const gone = chosen
    .filter(id => !known.some(one => one.id === id))
    .map(id => ({ id, name: `${id} (there is none)` }))
  return html`<fieldset><legend>${legend}</legend><div class="columns checks">${[...known, ...gone].map(one =>
    checkField({ name, value: one.id, label: one.name, isChecked: chosen.includes(one.id) }),
  )}</div></fieldset>`
}

function listIn(draft: DraftObject, key: string): string[] {
  const list = draft[key]
  return Array.isArray(list) ? list.map(String) : []
}
