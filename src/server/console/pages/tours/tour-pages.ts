import { Hono } from 'hono'
import type { Data } from '../../../../schema/data.ts'
import type { Json } from '../../../../values/json.ts'
import { HttpError } from '../../../companion/http-error.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import type { ContentItem } from '../../content/content-item.ts'
import { messagePreview, previewParts } from '../../message/message-preview.ts'
import type { SampleOptions } from '../../message/message-sample.ts'
import { hiddenField, textField } from '../../ui/form-fields.ts'
import { readFormValues } from '../../ui/form-values.ts'
import { html, idIn, type Markup, nothing, segment } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, confirmed, emptyState, linkButton } from '../../ui/parts.ts'
import { contentRows } from '../content/content-list.ts'
import { contentBadge, nameOfItem } from '../content/content-state.ts'
import { createDraftSaver, idFrom } from '../content/draft-saver.ts'
import { jsonForm, readJsonForm } from '../content/json-form.ts'
import { problemList } from '../content/problem-list.ts'
import { knownNames, seenValues } from '../known-names.ts'
import { momentField, readMoment, readStartFields, startFields } from './start-fields.ts'
import { readStepForm, stepForm } from './step-form.ts'
import { stepTitle, triggerTitle } from './step-words.ts'
import {
  type DraftObject,
  freeId,
  movedStep,
  objectOf,
  savedTour,
  type TourDraft,
  textIn,
  tourDraftOf,
  withEntries,
  withStep,
  withTrigger,
} from './tour-draft.ts'
import { stepActions, tourFrame } from './tour-frame.ts'
import { readTriggerFields, triggerFields } from './trigger-fields.ts'

const kind = 'tours'

/** The tours' pages: a list, and an editor in which every step has an address of its own. */
export function tourPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const { emitter, content, now, show, goTo } = services
  const drafts = createDraftSaver(services, { kind, section: 'Tours' })
  const authors = requireRole('author')
  const app = new Hono<ConsoleEnv>()

  /** Everything that the editor's parts need to know of a tour. */
  async function open(context: ConsoleContext) {
    const item = await drafts.find(context)
    const tour = tourDraftOf(item.draft ?? item.published, item.id)
    const webhooks = await emitter.webhooks.list()
    const isLocked = item.state === 'file' || item.draft === null || !hasRole(context.get('person'), 'author')
    return { item, tour, webhooks, isLocked, root: context.get('root') }
  }
  type Opened = Awaited<ReturnType<typeof open>>

  function stepIn(context: ConsoleContext, tour: TourDraft): DraftObject {
    const id = idIn(context.req.param('step'))
    const step = tour.steps.find(step => step.id === id)
    if (step) return step
    throw new HttpError(404, 'unknown_step', 'This tour has no such step. It may have been removed.')
  }

  function triggerIn(context: ConsoleContext, tour: TourDraft): { index: number; trigger: DraftObject } {
    const index = Number(context.req.param('index'))
    const trigger = tour.triggers[index]
    if (trigger) return { index, trigger }
    throw new HttpError(404, 'unknown_trigger', 'This tour has no such trigger. It may have been removed.')
  }

  /** What a trigger's message is made of; `undefined` while no webhook is picked. */
  async function sampleOf(
    trigger: DraftObject,
    tour: TourDraft,
    step?: string,
  ): Promise<SampleOptions | undefined> {
    const webhook = await emitter.webhooks.settings(textIn(trigger, 'webhook'))
    if (!webhook) return undefined
    const about = { id: tour.id, name: textIn(tour, 'name') || tour.id }
    return {
      webhook: { ...webhook, events: undefined },
      data: objectOf(trigger.data) as unknown as Data,
      tour: about,
      step,
      seen: await seenValues(services),
    }
  }

  async function triggerOptions({ tour, webhooks, root }: Opened, path: string) {
    const suggestions = (await knownNames(services)).map(known => known)
    const back = encodeURIComponent(`tours/${segment(tour.id)}/${path}`)
    return {
      webhooks,
      suggestions,
      seen: await seenValues(services),
      tour: { id: tour.id, name: textIn(tour, 'name') || tour.id },
      newWebhook: `${root}webhooks/new?back=${back}`,
    }
  }

  async function showTour(
    context: ConsoleContext,
    opened: Opened,
    { part, title, middle, aside }: { part: string; title?: string; middle: Markup; aside: Markup },
  ): Promise<Response> {
    const { item, tour, webhooks, isLocked, root } = opened
    const here = `${root}tours/${segment(item.id)}`
    const problems =
      item.draft === null || item.state === 'file' ? [] : await content.problems(kind, item.draft)
    const crumbs = [{ name: 'Tours', path: 'tours' }]
    return show(context, {
      title: title ?? nameOfItem(item),
      section: 'Tours',
      crumbs:
        title === undefined
          ? crumbs
          : [...crumbs, { name: nameOfItem(item), path: `tours/${segment(item.id)}` }],
      beside: contentBadge(item.state),
      actions: hasRole(context.get('person'), 'author') ? tourActions(item, here, root) : undefined,
      body: html`<div class="stack">${lockNote(item)}${problemList(problems)}${tourFrame({
        tour,
        root,
        isLocked,
        webhooks: new Map(webhooks.map(({ id, name }) => [id, name || id])),
        open: part,
        middle,
        aside,
      })}</div>`,
    })
  }

  app.get('/tours', async context => {
    const tours = await content.list(kind)
    const mayWrite = hasRole(context.get('person'), 'author')
    const root = context.get('root')
    const newTour = html`<form method="post" action="${root}tours" class="add-tour"><label class="hidden" for="new-name">Name of the new tour</label><input id="new-name" name="name" placeholder="Name of the new tour" required maxlength="100" autocomplete="off"><button class="button primary">New tour</button></form>`
    return show(context, {
      title: 'Tours',
      section: 'Tours',
      lead: 'Drafts until they are published.',
      actions: mayWrite ? newTour : undefined,
      body:
        tours.length > 0
          ? contentRows(tours, { root, now: now(), describe: describeTour })
          : emptyState({
              picture: 'tours',
              title: 'No tours yet',
              text: 'A tour takes visitors through your site step by step, and can send what they answer to a webhook.',
            }),
    })
  })
  app.post('/tours', authors, async context => {
    const name = (await readFormValues(context)).text('name')
    if (name === '') throw new HttpError(422, 'invalid', 'Give the tour a name.')
    const id = await drafts.create(context, {
      id: idFrom(name, 'tour'),
      name,
      steps: [{ id: 'hello', type: 'modal', title: 'Hello, {firstName}' }],
    })
    return goTo(context, `tours/${segment(id)}/steps/hello?note=saved`)
  })

  app.get('/tours/:id', async context => {
    const opened = await open(context)
    const { item, tour, isLocked, root } = opened
    const form = html`<form method="post" action="${root}tours/${segment(item.id)}" class="card"><fieldset class="form"${isLocked ? html` disabled` : nothing}><legend class="hidden">Name and start</legend>
${hiddenField('rev', item.rev)}${textField({ name: 'name', label: 'Name', value: textIn(tour, 'name') })}
<p class="hint">Its id is <code>${tour.id}</code>.</p>
${startFields(tour.start === undefined ? undefined : objectOf(tour.start))}
${isLocked ? nothing : html`<div class="buttons"><button class="button primary">Save</button></div>`}</fieldset></form>`
    return showTour(context, opened, { part: 'tour', middle: form, aside: await tourSummary(opened) })
  })
  app.post('/tours/:id', authors, async context => {
    const item = await drafts.findOwn(context)
    const form = await readFormValues(context)
    return drafts.save(context, {
      item,
      rev: Number(form.text('rev')),
      apply: edited(item, tour => ({
        ...tour,
        ...rest(
          withEntries({}, { name: form.text('name') }),
          tour,
          readStartFields(form, objectOf(tour.start)),
        ),
      })),
      next: `tours/${segment(item.id)}`,
    })
  })

  app.post('/tours/:id/steps', authors, async context => {
    const item = await drafts.findOwn(context)
    const type = (await readFormValues(context)).text('type') || 'modal'
    const present = tourDraftOf(item.draft, item.id)
    const taken = new Set(present.steps.map(step => textIn(step, 'id')))
    const id = freeId(type === 'trigger' ? 'send' : type, taken)
    const step: DraftObject =
      type === 'trigger' ? { id, type, trigger: { type: 'webhook', webhook: '' } } : { id, type }
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: edited(item, tour => ({ ...tour, steps: [...tour.steps, step] })),
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
    const isTrigger = step.type === 'trigger'
    const form = stepForm({
      step,
      rev: item.rev,
      action: `${root}tours/${segment(item.id)}/${path}`,
      isLocked,
      ...(await triggerOptions(opened, path)),
    })
    return showTour(context, opened, {
      part: path,
      title: stepTitle(step),
      middle: html`${form}${isLocked ? nothing : stepActions(tour, id, root)}`,
      aside: isTrigger
        ? messagePreview(await sampleOf(objectOf(step.trigger), tour, id))
        : await tourSummary(opened),
    })
  })
  app.post('/tours/:id/steps/:step', authors, async context => {
    const item = await drafts.findOwn(context)
    const form = await readFormValues(context)
    const step = idIn(context.req.param('step'))
    return drafts.save(context, {
      item,
      rev: Number(form.text('rev')),
      apply: edited(item, tour => {
        const before = tour.steps.find(one => one.id === step) ?? { id: step }
        return withStep(tour, step, readStepForm(form, before))
      }),
      next: `tours/${segment(item.id)}/steps/${segment(step)}`,
    })
  })
  app.post('/tours/:id/steps/:step/preview', async context => {
    const { tour } = await open(context)
    const step = readStepForm(await readFormValues(context), stepIn(context, tour))
    const sample = await sampleOf(objectOf(step.trigger), tour, textIn(step, 'id'))
    return context.html(sample ? await previewParts(sample) : await noWebhook)
  })
  app.post('/tours/:id/steps/:step/move', authors, async context => {
    const item = await drafts.findOwn(context)
    const step = idIn(context.req.param('step'))
    const to = (await readFormValues(context)).text('to') === 'up' ? 'up' : 'down'
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: edited(item, tour => movedStep(tour, step, to)),
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
      apply: edited(item, tour => withStep(tour, step, undefined)),
      next: `tours/${segment(item.id)}`,
      saying: 'removed',
      action: 'removed a step',
    })
  })

  app.post('/tours/:id/triggers', authors, async context => {
    const item = await drafts.findOwn(context)
    const index = tourDraftOf(item.draft, item.id).triggers.length
    const trigger = { on: 'completed', trigger: { type: 'webhook', webhook: '' } }
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: edited(item, tour => ({ ...tour, triggers: [...tour.triggers, trigger] })),
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
    return showTour(context, opened, {
      part: path,
      title: triggerTitle(picked),
      middle: html`${form}${isLocked ? nothing : removing}`,
      aside: messagePreview(await sampleOf(objectOf(picked.trigger), tour)),
    })
  })
  app.post('/tours/:id/triggers/:index', authors, async context => {
    const item = await drafts.findOwn(context)
    const form = await readFormValues(context)
    const index = Number(context.req.param('index'))
    return drafts.save(context, {
      item,
      rev: Number(form.text('rev')),
      apply: edited(item, tour => {
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
    const { tour } = await open(context)
    const { trigger } = triggerIn(context, tour)
    const sample = await sampleOf(
      readTriggerFields(await readFormValues(context), objectOf(trigger.trigger)),
      tour,
    )
    return context.html(sample ? await previewParts(sample) : await noWebhook)
  })
  app.post('/tours/:id/triggers/:index/remove', authors, async context => {
    const item = await drafts.findOwn(context)
    const index = Number(context.req.param('index'))
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: edited(item, tour => withTrigger(tour, index, undefined)),
      next: `tours/${segment(item.id)}`,
      saying: 'removed',
      action: 'removed a trigger',
    })
  })

  app.get('/tours/:id/json', async context => {
    const opened = await open(context)
    const { item, isLocked, root } = opened
    const action = `${root}tours/${segment(item.id)}/json`
    return showTour(context, opened, {
      part: 'json',
      title: 'JSON',
      middle: jsonForm({ draft: item.draft ?? item.published ?? null, rev: item.rev, action, isLocked }),
      aside: await tourSummary(opened),
    })
  })
  app.post('/tours/:id/json', authors, async context => {
    const item = await drafts.findOwn(context)
    const { draft, rev } = readJsonForm(await readFormValues(context), item.id)
    return drafts.save(context, { item, rev, apply: () => draft, next: `tours/${segment(item.id)}/json` })
  })

  app.post('/tours/:id/resolve', authors, context => drafts.resolve(context))
  app.get('/tours/:id/resolve', context => goTo(context, `tours/${segment(idIn(context.req.param('id')))}`))
  app.post('/tours/:id/copy', authors, async context => {
    const item = await drafts.find(context)
    const tour = tourDraftOf(item.draft ?? item.published, item.id)
    const id = await drafts.create(
      context,
      { ...tour, id: `${item.id}-copy`, name: `${nameOfItem(item)} (copy)` },
      `copied it from ${item.id}`,
    )
    return goTo(context, `tours/${segment(id)}?note=copied`)
  })
  app.post('/tours/:id/discard', authors, async context => {
    const item = await drafts.findOwn(context)
    await content.discard(kind, item.id)
    await drafts.record(context, item.id, 'discarded the draft')
    return goTo(
      context,
      item.published === undefined ? 'tours?note=discarded' : `tours/${segment(item.id)}?note=discarded`,
    )
  })
  app.post('/tours/:id/remove', authors, async context => {
    const item = await drafts.findOwn(context)
    if (item.published === undefined) {
      await content.discard(kind, item.id)
      await drafts.record(context, item.id, 'removed it')
      return goTo(context, 'tours?note=removed')
    }
    return drafts.save(context, {
      item,
      rev: item.rev,
      apply: () => null,
      next: `tours/${segment(item.id)}`,
      action: 'marked it to be removed',
    })
  })

  return app

  async function tourSummary({ tour }: Opened): Promise<Markup> {
    const trigger = tour.steps.find(step => step.type === 'trigger')
    if (!trigger) {
      return html`<section class="card"><header><h2>The message</h2></header><p class="soft">This tour sends nothing yet. Add a step of the type <b>Trigger event</b>, and pick the webhook that gets what visitors answer.</p></section>`
    }
    return messagePreview(await sampleOf(objectOf(trigger.trigger), tour, textIn(trigger, 'id')))
  }
}

const noWebhook = html`<p class="soft">Pick a webhook to see what it is sent.</p>`

/** A change of a tour as a change of its draft. */
function edited(item: ContentItem, change: (tour: TourDraft) => TourDraft): (draft: Json) => Json {
  return draft => savedTour(change(tourDraftOf(draft, item.id)))
}

/** The tour's own entries after its form: what was cleared is gone. */
function rest(
  named: DraftObject,
  { name: _, start: __, ...tour }: TourDraft,
  start: DraftObject | undefined,
): TourDraft {
  return { ...tour, ...named, ...(start && { start }) } as TourDraft
}

/** The webhook that was just made for this step, picked; it is saved with the form. */
function withPicked(step: DraftObject, webhook: string | undefined): DraftObject {
  return webhook === undefined ? step : { ...step, trigger: { ...objectOf(step.trigger), webhook } }
}

function describeTour({ draft, published, id }: ContentItem): string {
  const tour = tourDraftOf(draft ?? published, id)
  const sends = tour.steps.filter(step => step.type === 'trigger').length + tour.triggers.length
  const steps = tour.steps.length === 1 ? '1 step' : `${tour.steps.length} steps`
  return `${steps}, ${sends === 0 ? 'sends nothing' : sends === 1 ? '1 trigger' : `${sends} triggers`}, ${tour.start === undefined ? 'started by the site' : 'starts by itself'}`
}

function lockNote({ state, id }: ContentItem): Markup {
  if (state === 'file') {
    return noteBar({
      tone: 'info',
      text: html`<p><b>This tour stands in the config file</b>, which wins over the console. Copy it to work on it here.</p>`,
    })
  }
  if (state !== 'removed') return nothing
  return noteBar({
    tone: 'wait',
    text: html`<p><b>${id} will be removed</b> when that is published. Discard the draft to keep it.</p>`,
  })
}

function tourActions({ state }: ContentItem, here: string, root: string): Markup {
  const copy = actionButton({
    action: `${here}/copy`,
    label: state === 'file' ? 'Copy to the console' : 'Copy',
  })
  if (state === 'file') return copy
  const hasDraft = state !== 'live'
  return html`${hasDraft ? linkButton({ href: `${root}publish`, label: 'Publish…', style: 'primary' }) : nothing}${copy}${
    state === 'changed' || state === 'removed'
      ? actionButton({ action: `${here}/discard`, label: 'Discard the draft' })
      : nothing
  }${state === 'removed' ? nothing : html`<details class="confirm"><summary class="button danger">Remove…</summary>${actionButton({ action: `${here}/remove`, label: 'Remove this tour', style: 'danger' })}</details>`}`
}
