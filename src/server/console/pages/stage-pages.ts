import { Hono } from 'hono'
import { HttpError } from '../../companion/http-error.ts'
import type { ConsoleContext, ConsoleEnv } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import { type DraftObject, objectOf } from '../content/draft-object.ts'
import { seenValues } from '../message/seen-values.ts'
import { stagePage } from '../stage/stage-page.ts'
import { type StagedKind, stagedContent, stagedKinds } from '../stage/staged-content.ts'
import { type FormValues, readFormValues } from '../ui/forms/form-values.ts'
import { idIn } from '../ui/markup.ts'
import { readStepForm } from './tours/fields/step-form.ts'
import { savedTour, tourDraftOf, withStep } from './tours/tour-draft.ts'
import { bannerContent } from './widgets/banner-content.ts'
import { checklistContent } from './widgets/checklist-content.ts'

/** The stage beside the editors: a draft as it is saved, and, for the script, as a form would save it. */
export function stagePages(services: ConsoleServices): Hono<ConsoleEnv> {
  const { content, deliveries } = services

  async function stagedAt(
    context: ConsoleContext,
    change: (draft: DraftObject) => DraftObject = draft => draft,
  ) {
    const kind = stagedKinds.find(one => one === context.req.param('kind'))
    const id = idIn(context.req.param('id'))
    const item = kind && (await content.get(kind, id))
    if (!kind || !item) throw new HttpError(404, 'unknown', 'There is nothing with this id to show.')
    const draft = change(objectOf(item.draft ?? item.published))
    return stagedContent(
      { kind, id, draft, step: context.req.query('step') },
      await seenValues(deliveries, context.get('person')),
    )
  }

  return new Hono<ConsoleEnv>()
    .get('/stage/:kind/:id', async context =>
      context.html(await stagePage(await stagedAt(context), context.get('root'))),
    )
    .post('/stage/:kind/:id', async context => {
      const form = await readFormValues(context)
      const { kind, id } = context.req.param()
      const step = context.req.query('step')
      return context.json(
        await stagedAt(context, draft =>
          changed(draft, { kind: kind as StagedKind, id: idIn(id), step, form }),
        ),
      )
    })
}

/** The draft as a form would save it. */
function changed(
  draft: DraftObject,
  { kind, id, step, form }: { kind: StagedKind; id: string; step: string | undefined; form: FormValues },
): DraftObject {
  if (kind === 'checklists') return checklistContent.read(form, draft)
  if (kind === 'banners') return bannerContent.read(form, draft)
  const tour = tourDraftOf(draft, id)
  const before = tour.steps.find(one => one.id === step)
  return before ? objectOf(savedTour(withStep(tour, String(step), readStepForm(form, before)))) : draft
}
