import { nameOfItem } from '../../content/content-item.ts'
import { type DraftObject, objectsIn, textIn, withEntries } from '../../content/draft-object.ts'
import { idFrom } from '../../content/fresh-id.ts'
import { type Choice, textField } from '../../ui/forms/form-fields.ts'
import type { FormValues } from '../../ui/forms/form-values.ts'
import { isMany, suggestionList } from '../../ui/forms/many-choices.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import type { SimpleContent } from '../content/simple-content-pages.ts'
import { freeId } from '../tours/tour-draft.ts'

const toursId = 'known-tours'

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
    const choices = tours.map(tour => ({ value: tour.id, label: nameOfItem(tour) }))
    return html`${textField({ name: 'name', label: 'Name', value: textIn(draft, 'name'), hint: 'For you and your colleagues.' })}
${textField({ name: 'title', label: 'Title', value: textIn(draft, 'title'), hint: 'What visitors read above the list.' })}
<fieldset><legend>Items</legend><div class="stack">${[...objectsIn(draft.items), undefined, undefined].map((item, index) => itemRow(item, index, choices))}</div>${isMany(choices) ? suggestionList(toursId, choices) : nothing}<p class="hint">Clear an item’s text to take it away; saving adds empty rows.</p></fieldset>`
  },
  read: (form, before) =>
    withEntries(before, {
      name: form.text('name'),
      title: form.text('title'),
      items: readItems(form, objectsIn(before.items)),
    }),
}

function itemRow(item: DraftObject | undefined, index: number, tours: readonly Choice[]): Markup {
  const tour = item ? textIn(item, 'tour') : ''
  const known =
    tour === '' || tours.some(({ value }) => value === tour)
      ? tours
      : [...tours, { value: tour, label: `${tour} (there is none)` }]
  const label = `Item ${index + 1}`
  const doneBy = isMany(tours)
    ? html`<input name="item.tour" value="${tour}" list="${toursId}" aria-label="${label}: done by" placeholder="ticked off by hand, or a tour’s id" autocomplete="off">`
    : html`<select name="item.tour" aria-label="${label}: done by"><option value="">ticked off by hand</option>${known.map(
        choice =>
          html`<option value="${choice.value}"${choice.value === tour ? html` selected` : nothing}>done by ${choice.label}</option>`,
      )}</select>`
  return html`<div class="columns" role="group" aria-label="${label}"><input type="hidden" name="item.id" value="${item ? textIn(item, 'id') : ''}"><input name="item.title" value="${item ? textIn(item, 'title') : ''}" aria-label="${label}: text" placeholder="What there is to do" autocomplete="off">${doneBy}</div>`
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
