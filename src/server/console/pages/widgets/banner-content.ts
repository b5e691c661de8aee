import { textIn, withEntries } from '../../content/draft-object.ts'
import { selectField, textArea, textField } from '../../ui/forms/form-fields.ts'
import { html } from '../../ui/markup.ts'
import type { SimpleContent } from '../content/simple-content-pages.ts'

/** Banners, as the console shows them. */
export const bannerContent: SimpleContent = {
  kind: 'banners',
  section: 'Banners',
  title: 'Banners',
  noun: 'banner',
  lead: 'A note at the top or the bottom of the page.',
  picture: 'banners',
  fresh: { content: 'What is **new** today?' },
  describe: draft => textIn(draft, 'content').slice(0, 90),
  fields: draft => html`${textField({ name: 'name', label: 'Name', value: textIn(draft, 'name') })}
${textArea({ name: 'content', label: 'Text', value: textIn(draft, 'content'), hint: '**bold**, *italic* and [links](https://example.com); {placeholders} are tags.' })}
${selectField({
  name: 'position',
  label: 'Where',
  value: textIn(draft, 'position'),
  choices: [
    { value: '', label: 'At the top' },
    { value: 'bottom', label: 'At the bottom' },
  ],
})}`,
  read: (form, before) =>
    withEntries(before, {
      name: form.text('name'),
      content: form.exact('content').trimEnd(),
      position: form.text('position'),
    }),
}
