import { Hono } from 'hono'
import { HttpError } from '../../../companion/http-error.ts'
import type { DocumentKind } from '../../../stores/console-store.ts'
import { type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { nameOfItem } from '../../content/content-item.ts'
import { type DraftObject, objectOf } from '../../content/draft-object.ts'
import { idFrom } from '../../content/fresh-id.ts'
import { stageFrame, stagePath } from '../../stage/stage-frame.ts'
import type { SectionName } from '../../ui/console-layout.ts'
import { hiddenField } from '../../ui/forms/form-fields.ts'
import { type FormValues, readFormValues } from '../../ui/forms/form-values.ts'
import type { IconName } from '../../ui/icons.ts'
import { readListQuery } from '../../ui/list-pages.ts'
import { html, type Markup, nothing, segment, when } from '../../ui/markup.ts'
import { emptyState, linkButton } from '../../ui/parts.ts'
import { contentList } from './content-list.ts'
import { contentBadge } from './content-state.ts'
import { createDraftSaver } from './draft-saver.ts'
import { jsonForm, readJsonForm } from './json-form.ts'
import { lifecycleActions, lifecyclePages, lockNote } from './lifecycle.ts'
import { messageCards } from './message-cards.ts'
import { problemList } from './problem-list.ts'

/** What differs between the kinds of content. */
export interface SimpleContent {
  kind: Exclude<DocumentKind, 'tours'>
  section: SectionName
  /** Such as `Checklists`. */
  title: string
  /** Such as `checklist`. */
  noun: string
  lead: string
  picture: IconName
  describe(draft: DraftObject): string
  /** What a new one has besides its id and name. */
  fresh: DraftObject
  fields(draft: DraftObject, services: ConsoleServices): Markup | Promise<Markup>
  read(form: FormValues, before: DraftObject): DraftObject
}

/** The pages of a content that one form can show: a list, the form, and the JSON. */
export function simpleContentPages(services: ConsoleServices, kindOf: SimpleContent): Hono<ConsoleEnv> {
  const { content, messages, webhooks, clock, show, goTo } = services
  const { kind, section, title, noun, lead, picture } = kindOf
  const drafts = createDraftSaver(services, { kind, section })
  const authors = requireRole('author')
  const crumbs = [{ name: title, path: kind }]
  const app = new Hono<ConsoleEnv>()

  app.get(`/${kind}`, async context => {
    const items = await content.list(kind)
    const root = context.get('root')
    const mayWrite = hasRole(context.get('person'), 'author')
    const create = html`<form method="post" action="${root}${kind}" class="add-tour"><label class="hidden" for="new-name">Name of the new ${noun}</label><input id="new-name" name="name" placeholder="Name of the new ${noun}" required maxlength="100" autocomplete="off"><button class="button primary">New ${noun}</button></form>`
    return show(context, {
      title,
      section,
      lead,
      actions: mayWrite ? create : undefined,
      body:
        items.length > 0
          ? await contentList(items, {
              query: readListQuery(context.req.query()),
              href: `${root}${kind}`,
              picture,
              root,
              now: clock.now(),
              describe: ({ draft, published }) => kindOf.describe(objectOf(draft ?? published)),
            })
          : emptyState({ picture, title: `No ${title.toLowerCase()} yet`, text: lead }),
    })
  })
  app.post(`/${kind}`, authors, async context => {
    const name = (await readFormValues(context)).text('name')
    if (name === '') throw new HttpError(422, 'invalid', `Give the ${noun} a name.`)
    const id = await drafts.create(context, { ...kindOf.fresh, id: idFrom(name, noun), name })
    return goTo(context, `${kind}/${segment(id)}?note=saved`)
  })

  for (const view of ['', '/json'] as const) {
    app.get(`/${kind}/:id${view}`, async context => {
      const item = await drafts.find(context)
      const root = context.get('root')
      const here = `${root}${kind}/${segment(item.id)}`
      const mayWrite = hasRole(context.get('person'), 'author')
      const isLocked = item.state === 'file' || item.draft === null || !mayWrite
      const draft = item.draft ?? item.published ?? null
      const problems =
        item.state === 'file' || item.draft === null ? [] : await content.problems(kind, item.draft)
      const stage = stageOf(kind, item.id, root)
      const sent = messageCards(await messages.samples(context.get('person'), item), {
        webhooks: await webhooks.list(),
        nothingYet: html`No webhook hears of this ${noun} yet. Tick its events in a webhook’s settings.`,
      })
      const form =
        view === '/json'
          ? jsonForm({ draft, rev: item.rev, action: `${here}/json`, isLocked })
          : html`<form method="post" action="${here}" class="card"${when(stage, ({ path }) => html` data-stage="${root}${path}"`)}><fieldset class="form"${isLocked ? html` disabled` : nothing}><legend class="hidden">${noun}</legend>${hiddenField('rev', item.rev)}${await kindOf.fields(objectOf(draft), services)}${
              isLocked ? nothing : html`<div class="buttons"><button class="button primary">Save</button></div>`
            }</fieldset></form>`
      return show(context, {
        title: view === '' ? nameOfItem(item) : 'JSON',
        section,
        crumbs:
          view === '' ? crumbs : [...crumbs, { name: nameOfItem(item), path: `${kind}/${segment(item.id)}` }],
        beside: contentBadge(item.state),
        lead: html`Its id is <code>${item.id}</code>.`,
        actions: html`${view === '' ? linkButton({ href: `${here}/json`, label: 'JSON' }) : nothing}${mayWrite ? lifecycleActions(item, { root, noun }) : nothing}`,
        body: html`<div class="stack">${lockNote(item, noun)}${problemList(problems)}<div class="split"><div class="stack">${form}</div><aside class="stack">${when(stage, ({ frame }) => frame)}${sent}</aside></div></div>`,
      })
    })
  }
  app.post(`/${kind}/:id`, authors, async context => {
    const item = await drafts.findOwn(context)
    const form = await readFormValues(context)
    return drafts.save(context, {
      item,
      rev: Number(form.text('rev')),
      apply: draft => ({ ...kindOf.read(form, objectOf(draft)), id: item.id }),
      next: `${kind}/${segment(item.id)}`,
    })
  })
  app.post(`/${kind}/:id/json`, authors, async context => {
    const item = await drafts.findOwn(context)
    const { draft, rev } = readJsonForm(await readFormValues(context), item.id)
    return drafts.save(context, { item, rev, apply: () => draft, next: `${kind}/${segment(item.id)}/json` })
  })
  app.route('/', lifecyclePages(services, { kind, drafts }))
  return app
}

/** Segments are seen by nobody. */
function stageOf(
  kind: SimpleContent['kind'],
  id: string,
  root: string,
): { path: string; frame: Markup } | undefined {
  if (kind === 'segments') return undefined
  return { path: stagePath({ kind, id }), frame: stageFrame({ kind, id }, root) }
}
