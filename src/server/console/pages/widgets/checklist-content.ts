import { nameOfItem } from '../../content/content-item.ts'
import { type DraftObject, objectsIn, textIn, withEntries } from '../../content/draft-object.ts'
import { idFrom } from '../../content/fresh-id.ts'
import { textField } from '../../ui/form-fields.ts'
import type { FormValues } from '../../ui/form-values.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import type { SimpleContent } from '../content/simple-content-pages.ts'
import { freeId } from '../tours/tour-draft.ts'

/** Checklists, as the console shows them. */
export const checklistContent: SimpleContent = {
  kind: 'checklists',
  section: 'Checklists',
  title: 'Checklists',
  noun: 'checklist',
  lead: 'Things to do, which a visitor ticks off or a tour completes.',
  picture: 'checklists',
  fresh: { items: [{ id: 'first', title: 'The first thing to do' }] },
  describe: draft =>
    objectsIn(draft.items).length === 1 ? '1 item' : `${objectsIn(draft.items).length} items`,
  async fields(draft, { content }) {
    const tours = await content.list('tours')
    const choices = tours.map(tour => ({ id: tour.id, name: nameOfItem(tour) }))
    return html`${textField({ name: 'name', label: 'Name', value: textIn(draft, 'name'), hint: 'For you and your colleagues.' })}
${textField({ name: 'title', label: 'Title', value: textIn(draft, 'title'), hint: 'What visitors read above the list.' })}
<fieldset><legend>Items</legend><div class="stack">${[...objectsIn(draft.items), undefined, undefined].map((item, index) => itemRow(item, index, choices))}</div><p class="hint">Clear an item’s text to take it away; saving adds empty rows.</p></fieldset>`
  },
  read: (form, before) =>
    withEntries(before, {
      name: form.text('name'),
      title: form.text('title'),
      items: readItems(form, objectsIn(before.items)),
    }),
}

function itemRow(
  item: DraftObject | undefined,
  index: number,
  tours: readonly { id: string; name: string }[],
): Markup {
  const tour = item ? textIn(item, 'tour') : ''
  const known =
    tour === '' || tours.some(({ id }) => id === tour)
      ? tours
      : [...tours, { id: tour, name: `${tour} (there is none)` }]
  const label = `Item ${index + 1}`
  return html`<div class="columns" role="group" aria-label="${label}"><input type="hidden" name="item.id" value="${item ? textIn(item, 'id') : ''}"><input name="item.title" value="${item ? textIn(item, 'title') : ''}" aria-label="${label}: text" placeholder="What there is to do" autocomplete="off"><select name="item.tour" aria-label="${label}: done by"><option value="">ticked off by hand</option>${known.map(
    ({ id, name }) =>
      html`<option value="${id}"${id === tour ? html` selected` : nothing}>done by ${name}</option>`,
  )}</select></div>`
}

function readItems(form: FormValues, before: readonly DraftObject[]): DraftObject[] {
  const titles = form.all('item.title').map(title => title.trim())
  const ids = form.all('item.id')
  const tours = form.all('item.tour')
  const taken = new Set(ids.filter(id => id !== ''))
  return titles.flatMap((title, index) => {
    if (title === '') return []
    const known = before.find(item => textIn(item, 'id') === ids[index])
    const id = ids[index] || freeId(idFrom(title, 'item'), taken)
    taken.add(id)
    return [withEntries(known ?? {}, { id, title, tour: tours[index] ?? '' })]
  })
}
