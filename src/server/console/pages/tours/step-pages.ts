import { Hono } from 'hono'
import { HttpError } from '../../../companion/http-error.ts'
import { type ConsoleContext, type ConsoleEnv, requireRole } from '../../access/person.ts'
import { type DraftObject, objectOf, textIn } from '../../content/draft-object.ts'
import { onPageLinks } from '../../on-page/on-page-links.ts'
import { stagePath } from '../../stage/stage-frame.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { html, idIn, type Markup, nothing, segment } from '../../ui/markup.ts'
import { readStepForm, stepForm } from './fields/step-form.ts'
import { freshStep, switchedStep, switchQuestion, typeSwitch } from './fields/type-switch.ts'
import { stepTitle } from './step-words.ts'
import { freeId, movedStep, type TourDraft, tourDraftOf, withStep } from './tour-draft.ts'
import { editedTour, type TourEditor, withPicked } from './tour-editor.ts'
import { stepActions } from './tour-frame.ts'

/** A tour's steps, each at an address of its own. */
export function stepPages({
  drafts,
  open,
  show,
  triggerOptions,
  message,
  messageParts,
  outcome,
}: TourEditor): Hono<ConsoleEnv> {
  const authors = requireRole('author')
  const app = new Hono<ConsoleEnv>()

  app.post('/tours/:id/steps', authors, async context => {
    const item = await drafts.findOwn(context)
    const type = (await readFormValues(context)).text('type') || 'modal'
    const present = tourDraftOf(item.draft, item.id)
    const taken = new Set(present.steps.map(step => textIn(step, 'id')))
    const id = freeId(type === 'trigger' ? 'send' : type, taken)
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: editedTour(item, tour => ({ ...tour, steps: [...tour.steps, freshStep(id, type)] })),
      next: `tours/${segment(item.id)}/steps/${segment(id)}`,
      action: 'added a step',
    })
  })

  app.get('/tours/:id/steps/:step', async context => {
    const opened = await open(context)
    const { item, tour, isLocked, root } = opened
    const step = withPicked(stepIn(context, tour), context.req.query('webhook'))
    const id = textIn(step, 'id')
    const path = `steps/${segment(id)}`
    const form = stepForm({
      step,
      rev: item.rev,
      action: `${root}tours/${segment(item.id)}/${path}`,
      stage: `${root}${stagePath({ kind: 'tours', id: item.id, step: id })}`,
      isLocked,
      ...(await triggerOptions(opened, path)),
    })
    return show(context, opened, {
      part: path,
      title: stepTitle(step),
      middle: html`${form}${onPageLinks(item, { person: context.get('person'), root, step })}${isLocked ? nothing : stepActions(tour, id, root)}`,
      aside:
        step.type === 'trigger' ? await message(objectOf(step.trigger), opened, id) : await outcome(opened, id),
    })
  })
  app.post('/tours/:id/steps/:step', authors, async context => {
    const item = await drafts.findOwn(context)
    const form = await readFormValues(context)
    const id = idIn(context.req.param('step'))
    const present = tourDraftOf(item.draft, item.id)
    const wished = typeSwitch(form, present.steps.find(one => one.id === id) ?? { id })
    if (wished) return ask(context, id, switchQuestion(wished, { form, action: segment(id) }))
    return drafts.save(context, {
      item,
      rev: Number(form.text('rev')),
      apply: editedTour(item, tour => switchedStep(tour, { id, form }).tour),
      next: `tours/${segment(item.id)}/steps/${segment(switchedStep(present, { id, form }).next)}`,
    })
  })
  app.post('/tours/:id/steps/:step/preview', async context => {
    const opened = await open(context)
    const step = readStepForm(await readFormValues(context), stepIn(context, opened.tour))
    return context.html(await messageParts(objectOf(step.trigger), opened, textIn(step, 'id')))
  })
  app.post('/tours/:id/steps/:step/move', authors, async context => {
    const item = await drafts.findOwn(context)
    const step = idIn(context.req.param('step'))
    const to = (await readFormValues(context)).text('to') === 'up' ? 'up' : 'down'
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: editedTour(item, tour => movedStep(tour, step, to)),
      next: `tours/${segment(item.id)}/steps/${segment(step)}`,
      saying: 'moved',
      action: 'moved a step',
    })
  })
  app.post('/tours/:id/steps/:step/remove', authors, async context => {
    const item = await drafts.findOwn(context)
    const step = idIn(context.req.param('step'))
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: editedTour(item, tour => withStep(tour, step, undefined)),
      next: `tours/${segment(item.id)}`,
      saying: 'removed',
      action: 'removed a step',
    })
  })
  return app

  async function ask(context: ConsoleContext, id: string, question: Markup): Promise<Response> {
    const opened = await open(context)
    return show(context, opened, {
      part: `steps/${segment(id)}`,
      title: stepTitle(stepIn(context, opened.tour)),
      middle: question,
      aside: await outcome(opened, id),
    })
  }
}

function stepIn(context: ConsoleContext, tour: TourDraft): DraftObject {
  const id = idIn(context.req.param('step'))
  const step = tour.steps.find(step => step.id === id)
  if (step) return step
  throw new HttpError(404, 'unknown_step', 'This tour has no such step. It may have been removed.')
}
