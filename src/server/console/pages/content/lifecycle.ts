import { Hono } from 'hono'
import { type ConsoleEnv, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import type { ContentItem } from '../../content/content-item.ts'
import { html, idIn, type Markup, nothing, segment } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, linkButton } from '../../ui/parts.ts'
import type { DraftSaver } from './draft-saver.ts'

/** What can be done with a content as a whole: copy, discard, remove, and choose between two changes. */
export function lifecyclePages(
  { drafts: service, goTo }: ConsoleServices,
  { kind, drafts }: { kind: ContentItem['kind']; drafts: DraftSaver },
): Hono<ConsoleEnv> {
  const authors = requireRole('author')
  const app = new Hono<ConsoleEnv>()

  app.post(`/${kind}/:id/resolve`, authors, context => drafts.resolve(context))
  app.get(`/${kind}/:id/resolve`, context => goTo(context, `${kind}/${segment(idIn(context.req.param('id')))}`))
  app.post(`/${kind}/:id/copy`, authors, async context => {
    const id = await service.copy(context.get('person'), await drafts.find(context))
    return goTo(context, `${kind}/${segment(id)}?note=copied`)
  })
  app.post(`/${kind}/:id/discard`, authors, async context => {
    const item = await drafts.findOwn(context)
    await service.discard(context.get('person'), item)
    return goTo(
      context,
      item.published === undefined ? `${kind}?note=discarded` : `${kind}/${segment(item.id)}?note=discarded`,
    )
  })
  app.post(`/${kind}/:id/remove`, authors, async context => {
    const item = await drafts.findOwn(context)
    const marked = await service.remove(context.get('person'), item)
    return goTo(context, marked ? `${kind}/${segment(item.id)}?note=saved` : `${kind}?note=removed`)
  })
  return app
}

/** Why a content can't be changed as it stands. */
export function lockNote({ state, id }: ContentItem, noun: string): Markup {
  if (state === 'file') {
    return noteBar({
      tone: 'info',
      text: html`<p><b>This ${noun} stands in the config file</b>, which wins over the console. Copy it to work on it here.</p>`,
    })
  }
  if (state !== 'removed') return nothing
  return noteBar({
    tone: 'wait',
    text: html`<p><b>${id} will be removed</b> when that is published. Discard the draft to keep it.</p>`,
  })
}

/** The buttons to these, at a page's head. */
export function lifecycleActions(
  { kind, id, state }: ContentItem,
  { root, noun }: { root: string; noun: string },
): Markup {
  const here = `${root}${kind}/${segment(id)}`
  const copy = actionButton({
    action: `${here}/copy`,
    label: state === 'file' ? 'Copy to the console' : 'Copy',
  })
  if (state === 'file') return copy
  return html`${state === 'live' ? nothing : linkButton({ href: `${root}publish`, label: 'Review the changes', style: 'primary' })}${copy}${
    state === 'changed' || state === 'removed'
      ? actionButton({ action: `${here}/discard`, label: 'Discard the draft' })
      : nothing
  }${
    state === 'removed'
      ? nothing
      : html`<details class="confirm"><summary class="button danger">Remove…</summary>${actionButton({ action: `${here}/remove`, label: `Remove this ${noun}`, style: 'danger' })}</details>`
  }`
}
