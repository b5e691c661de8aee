import { nameOfItem } from '../../content/content-item.ts'
import { type DraftObject, objectOf, textIn, withEntries } from '../../content/draft-object.ts'
import { textField } from '../../ui/forms/form-fields.ts'
import { readTicks, tickFields } from '../../ui/forms/many-choices.ts'
import { html } from '../../ui/markup.ts'
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
    return html`${textField({ name: 'name', label: 'Name', value: textIn(draft, 'name') })}${conditionFields('tags', objectOf(draft.tags))}<fieldset><legend>Who has completed</legend>${tickFields({ name: 'completed', choices: known, chosen: listIn(draft, 'completed') })}</fieldset><fieldset><legend>Who has not completed</legend>${tickFields({ name: 'notCompleted', choices: known, chosen: listIn(draft, 'notCompleted') })}</fieldset>`
  },
  read: (form, before) => {
    const tags = readConditionFields(form, 'tags', objectOf(before.tags))
    return withEntries(before, {
      name: form.text('name'),
      tags: Object.keys(tags).length > 0 ? tags : undefined,
      completed: readTicks(form, 'completed'),
      notCompleted: readTicks(form, 'notCompleted'),
    })
  },
}

function listIn(draft: DraftObject, key: string): string[] {
  const list = draft[key]
  return Array.isArray(list) ? list.map(String) : []
}
