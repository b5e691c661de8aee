import { Hono } from 'hono'
import { type ConsoleEnv, requireRole } from '../../access/person.ts'
import { type DraftObject, objectOf, textIn, withEntries } from '../../content/draft-object.ts'
import { onPageLinks } from '../../on-page/on-page-links.ts'
import { hiddenField, textField } from '../../ui/forms/form-fields.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { html, nothing, segment } from '../../ui/markup.ts'
import { jsonForm, readJsonForm } from '../content/json-form.ts'
import { readStartFields, startFields } from './fields/start-fields.ts'
import type { TourDraft } from './tour-draft.ts'
import { editedTour, type TourEditor } from './tour-editor.ts'

/** What a tour has beside its steps: its name and start as a form, and everything as JSON. */
export function wholeTourPages({ drafts, open, show, outcome }: TourEditor): Hono<ConsoleEnv> {
  const authors = requireRole('author')
  const app = new Hono<ConsoleEnv>()

  app.get('/tours/:id', async context => {
    const opened = await open(context)
    const { item, tour, isLocked, root } = opened
    const form = html`<form method="post" action="${root}tours/${segment(item.id)}" class="card"><fieldset class="form"${isLocked ? html` disabled` : nothing}><legend class="hidden">Name and start</legend>
${hiddenField('rev', item.rev)}${textField({ name: 'name', label: 'Name', value: textIn(tour, 'name') })}
<p class="hint">Its id is <code>${tour.id}</code>.</p>
${startFields(tour.start === undefined ? undefined : objectOf(tour.start))}
${isLocked ? nothing : html`<div class="buttons"><button class="button primary">Save</button></div>`}</fieldset></form>`
    const middle = html`${form}${onPageLinks(item, { person: context.get('person'), root })}`
    return show(context, opened, { part: 'tour', middle, aside: await outcome(opened) })
  })
  app.post('/tours/:id', authors, async context => {
    const item = await drafts.findOwn(context)
    const form = await readFormValues(context)
    return drafts.save(context, {
      item,
      rev: Number(form.text('rev')),
      apply: editedTour(item, tour =>
        withOwnEntries(tour, {
          name: form.text('name'),
          start: readStartFields(form, objectOf(tour.start)),
        }),
      ),
      next: `tours/${segment(item.id)}`,
    })
  })

  app.get('/tours/:id/json', async context => {
    const opened = await open(context)
    const { item, isLocked, root } = opened
    const action = `${root}tours/${segment(item.id)}/json`
    return show(context, opened, {
      part: 'json',
      title: 'JSON',
      middle: jsonForm({ draft: item.draft ?? item.published ?? null, rev: item.rev, action, isLocked }),
      aside: await outcome(opened),
    })
  })
  app.post('/tours/:id/json', authors, async context => {
    const item = await drafts.findOwn(context)
    const { draft, rev } = readJsonForm(await readFormValues(context), item.id)
    return drafts.save(context, { item, rev, apply: () => draft, next: `tours/${segment(item.id)}/json` })
  })
  return app
}

/** The tour with what its own form says: what was cleared is gone. */
function withOwnEntries(
  { name: _, start: __, ...tour }: TourDraft,
  { name, start }: { name: string; start: DraftObject | undefined },
): TourDraft {
  return { ...tour, ...withEntries({}, { name }), ...(start && { start }) } as TourDraft
}
