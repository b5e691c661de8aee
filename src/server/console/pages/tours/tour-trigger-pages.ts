import { Hono } from 'hono'
import { HttpError } from '../../../companion/http-error.ts'
import { type ConsoleContext, type ConsoleEnv, requireRole } from '../../access/person.ts'
import { type DraftObject, objectOf } from '../../content/draft-object.ts'
import { hiddenField } from '../../ui/forms/form-fields.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { html, nothing, segment } from '../../ui/markup.ts'
import { actionButton, confirmed } from '../../ui/parts.ts'
import { momentField, readMoment } from './fields/start-fields.ts'
import { readTriggerFields, triggerFields } from './fields/trigger-fields.ts'
import { triggerTitle } from './step-words.ts'
import { type TourDraft, tourDraftOf, withTrigger } from './tour-draft.ts'
import { editedTour, type TourEditor, withPicked } from './tour-editor.ts'

/** The triggers of a tour as a whole: when it starts, ends or is left. */
export function tourTriggerPages({
  drafts,
  open,
  show,
  triggerOptions,
  message,
  messageParts,
}: TourEditor): Hono<ConsoleEnv> {
  const authors = requireRole('author')
  const app = new Hono<ConsoleEnv>()

  app.post('/tours/:id/triggers', authors, async context => {
    const item = await drafts.findOwn(context)
    const index = tourDraftOf(item.draft, item.id).triggers.length
    const trigger = { on: 'completed', trigger: { type: 'webhook', webhook: '' } }
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: editedTour(item, tour => ({ ...tour, triggers: [...tour.triggers, trigger] })),
      next: `tours/${segment(item.id)}/triggers/${index}`,
      action: 'added a trigger',
    })
  })
  app.get('/tours/:id/triggers/:index', async context => {
    const opened = await open(context)
    const { item, tour, isLocked, root } = opened
    const { index, trigger } = triggerIn(context, tour)
    const picked = withPicked(trigger, context.req.query('webhook'))
    const path = `triggers/${index}`
    const action = `${root}tours/${segment(item.id)}/${path}`
    const form = html`<form method="post" action="${action}" class="card" data-preview="${action}/preview" data-target="message"><fieldset class="form"${isLocked ? html` disabled` : nothing}><legend class="hidden">Trigger</legend>
${hiddenField('rev', item.rev)}${momentField(picked, tour.steps)}${triggerFields({ trigger: objectOf(picked.trigger), ...(await triggerOptions(opened, path)) })}
${isLocked ? nothing : html`<div class="buttons"><button class="button primary">Save</button></div>`}</fieldset></form>`
    const removing = confirmed({
      summary: 'Remove…',
      text: 'Nothing is sent at this moment any more, once it is published.',
      button: actionButton({ action: `${action}/remove`, label: 'Remove this trigger', style: 'danger' }),
    })
    return show(context, opened, {
      part: path,
      title: triggerTitle(picked),
      middle: html`${form}${isLocked ? nothing : removing}`,
      aside: await message(objectOf(picked.trigger), opened),
    })
  })
  app.post('/tours/:id/triggers/:index', authors, async context => {
    const item = await drafts.findOwn(context)
    const form = await readFormValues(context)
    const index = Number(context.req.param('index'))
    return drafts.save(context, {
      item,
      rev: Number(form.text('rev')),
      apply: editedTour(item, tour => {
        const { on: _, step: __, ...before } = tour.triggers[index] ?? {}
        const moment = readMoment(form, tour.triggers[index] ?? {})
        return withTrigger(tour, index, {
          ...before,
          ...moment,
          trigger: readTriggerFields(form, objectOf(before.trigger)),
        })
      }),
      next: `tours/${segment(item.id)}/triggers/${index}`,
    })
  })
  app.post('/tours/:id/triggers/:index/preview', async context => {
    const opened = await open(context)
    const { trigger } = triggerIn(context, opened.tour)
    const form = await readFormValues(context)
    return context.html(await messageParts(readTriggerFields(form, objectOf(trigger.trigger)), opened))
  })
  app.post('/tours/:id/triggers/:index/remove', authors, async context => {
    const item = await drafts.findOwn(context)
    const index = Number(context.req.param('index'))
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: editedTour(item, tour => withTrigger(tour, index, undefined)),
      next: `tours/${segment(item.id)}`,
      saying: 'removed',
      action: 'removed a trigger',
    })
  })
  return app
}

function triggerIn(context: ConsoleContext, tour: TourDraft): { index: number; trigger: DraftObject } {
  const index = Number(context.req.param('index'))
  const trigger = tour.triggers[index]
  if (trigger) return { index, trigger }
  throw new HttpError(404, 'unknown_trigger', 'This tour has no such trigger. It may have been removed.')
}
