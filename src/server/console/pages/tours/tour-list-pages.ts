import { Hono } from 'hono'
import { HttpError } from '../../../companion/http-error.ts'
import { type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import type { ContentItem } from '../../content/content-item.ts'
import { idFrom } from '../../content/fresh-id.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { readListQuery } from '../../ui/list-pages.ts'
import { html, segment } from '../../ui/markup.ts'
import { emptyState } from '../../ui/parts.ts'
import { contentList } from '../content/content-list.ts'
import { missingAmong, missingBadge } from './missing-words.ts'
import { tourDraftOf } from './tour-draft.ts'
import type { TourEditor } from './tour-editor.ts'

/** All tours, and a new one. */
export function tourListPages(
  { content, missingSteps, clock, show, goTo }: ConsoleServices,
  { drafts }: TourEditor,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()

  async function markOf({ id, draft, published }: ContentItem) {
    return missingBadge(missingAmong(await missingSteps.of(id), tourDraftOf(draft ?? published, id)))
  }

  app.get('/tours', async context => {
    const tours = await content.list('tours')
    const root = context.get('root')
    const newTour = html`<form method="post" action="${root}tours" class="add-tour"><label class="hidden" for="new-name">Name of the new tour</label><input id="new-name" name="name" placeholder="Name of the new tour" required maxlength="100" autocomplete="off"><button class="button primary">New tour</button></form>`
    return show(context, {
      title: 'Tours',
      section: 'Tours',
      lead: 'Drafts until they are published.',
      actions: hasRole(context.get('person'), 'author') ? newTour : undefined,
      body:
        tours.length > 0
          ? await contentList(tours, {
              query: readListQuery(context.req.query()),
              href: `${root}tours`,
              picture: 'tours',
              root,
              now: clock.now(),
              describe: async item => html`${describeTour(item)} ${await markOf(item)}`,
            })
          : emptyState({
              picture: 'tours',
              title: 'No tours yet',
              text: 'A tour takes visitors through your site step by step, and can send what they answer to a webhook.',
            }),
    })
  })
  app.post('/tours', requireRole('author'), async context => {
    const name = (await readFormValues(context)).text('name')
    if (name === '') throw new HttpError(422, 'invalid', 'Give the tour a name.')
    const id = await drafts.create(context, {
      id: idFrom(name, 'tour'),
      name,
      steps: [{ id: 'hello', type: 'modal', title: 'Hello, {firstName}' }],
    })
    return goTo(context, `tours/${segment(id)}/steps/hello?note=saved`)
  })
  return app
}

function describeTour({ draft, published, id }: ContentItem): string {
  const tour = tourDraftOf(draft ?? published, id)
  const sends = tour.steps.filter(step => step.type === 'trigger').length + tour.triggers.length
  const steps = tour.steps.length === 1 ? '1 step' : `${tour.steps.length} steps`
  return `${steps}, ${sends === 0 ? 'sends nothing' : sends === 1 ? '1 trigger' : `${sends} triggers`}, ${tour.start === undefined ? 'started by the site' : 'starts by itself'}`
}
