import { Hono } from 'hono'
import { HttpError } from '../../companion/http-error.ts'
import { type ConsoleContext, type ConsoleEnv, requireRole } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import { type ContentItem, nameOfItem } from '../content/content-item.ts'
import { textIn } from '../content/draft-object.ts'
import { tourDraftOf } from '../pages/tours/tour-draft.ts'
import { hiddenField, textField } from '../ui/forms/form-fields.ts'
import { readFormValues } from '../ui/forms/form-values.ts'
import { html, idIn, type Markup, nothing, segment } from '../ui/markup.ts'
import { modeNames } from './on-page-links.ts'
import { codeMs } from './page-access.ts'
import { placeOf, readPageAddress, suggestedAddress, withCode } from './page-address.ts'
import { type PageMode, pageModes } from './page-binding.ts'

const kind = 'tours'

/** From a tour to a page of the site: a form that asks which page, and the link that opens it with a code. */
export function onPagePages({
  content,
  pageAccess,
  audit,
  allowedOrigins,
  show,
}: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()

  /** The tour, and what to do with it. */
  async function open(
    context: ConsoleContext,
    asked: { mode?: string | undefined; step?: string | undefined },
  ) {
    const item = await content.get(kind, idIn(context.req.param('id')))
    if (!item || item.draft === null) {
      throw new HttpError(404, 'unknown', 'There is no such tour. It may have been removed.')
    }
    const mode = pageModes.find(mode => mode === asked.mode) ?? 'try'
    if (item.state === 'file' && mode !== 'try') {
      const message = 'This tour stands in the config file. Copy it to the console to change it there.'
      throw new HttpError(409, 'from_config', message)
    }
    const tour = tourDraftOf(item.draft, item.id)
    const step = asked.step ? tour.steps.find(step => step.id === asked.step) : undefined
    if (asked.step && !step) {
      throw new HttpError(404, 'unknown_step', 'This tour has no such step. It may have been removed.')
    }
    return { item, tour, mode, step: step && textIn(step, 'id') }
  }

  function frame(context: ConsoleContext, { item, step, mode }: Opened, body: Markup, status?: 422) {
    const path = `tours/${segment(item.id)}`
    return show(
      context,
      {
        title: modeNames[mode],
        section: 'Tours',
        crumbs: [
          { name: 'Tours', path: 'tours' },
          { name: nameOfItem(item), path },
          ...(step === undefined ? [] : [{ name: step, path: `${path}/steps/${segment(step)}` }]),
        ],
        body,
      },
      status,
    )
  }

  function addressForm(
    context: ConsoleContext,
    { item, step, mode }: Opened,
    { address, error, isAgain = false }: { address: string; error?: string; isAgain?: boolean },
  ) {
    const action = `${context.get('root')}tours/${segment(item.id)}/on-page`
    const field = textField({
      name: 'address',
      label: 'Page',
      type: 'url',
      isRequired: true,
      value: address,
      error,
      hint: 'A page of your site that loads tourhook.full.js.',
    })
    return html`<form method="post" action="${action}" class="card form">${hiddenField('mode', mode)}${
      step === undefined ? nothing : hiddenField('step', step)
    }${field}<div class="buttons"><button class="button${isAgain ? nothing : html` primary`}">${isAgain ? 'Make another link' : 'Make a link'}</button></div></form>`
  }

  app.get('/tours/:id/on-page', requireRole('author'), async context => {
    const { mode, step } = context.req.query()
    const opened = await open(context, { mode, step })
    const address = (await lastAddress(opened.item)) ?? suggestedAddress(opened.tour, allowedOrigins)
    return frame(context, opened, addressForm(context, opened, { address }))
  })
  app.post('/tours/:id/on-page', requireRole('author'), async context => {
    const form = await readFormValues(context)
    const opened = await open(context, { mode: form.text('mode'), step: form.text('step') })
    const { item, mode, step } = opened
    const address = form.text('address')
    const page = readPageAddress(address, allowedOrigins)
    if (typeof page === 'string') {
      return frame(context, opened, addressForm(context, opened, { address, error: page }), 422)
    }
    const person = context.get('person')
    const binding = { origin: page.origin, tour: item.id, step, mode, rev: item.rev }
    const code = await pageAccess.issue(person, binding, context.get('session'))
    const place = placeOf(page)
    await audit.record(person, { action: linkMade, target: `${kind}/${item.id}`, details: place })
    const link = html`<section class="card stack"><header><h2>Open the page</h2></header><p>The link works once, for ${
      codeMs / 60_000
    } minutes, and opens <b>${place}</b> with ${explanations[mode]}</p><div class="buttons"><a class="button primary" href="${withCode(page, code)}" target="_blank" rel="noopener noreferrer">Open the page</a></div></section>`
    return frame(
      context,
      opened,
      html`<div class="stack">${link}${addressForm(context, opened, { address, isAgain: true })}</div>`,
    )
  })

  return app

  /** The page that the tour was last worked on. */
  async function lastAddress({ id }: ContentItem): Promise<string | undefined> {
    const records = await audit.list({ limit: 50, target: `${kind}/${id}` })
    const details = records.find(({ action }) => action === linkMade)?.details
    return typeof details === 'string' ? details : undefined
  }
}

interface Opened {
  item: ContentItem
  mode: PageMode
  step: string | undefined
}

const linkMade = 'made a link to the page'

const explanations: Record<PageMode, string> = {
  pick: 'the picker on it: point at the element that this step is about.',
  edit: 'the editor on it: place, words, questions and data, as a visitor will see them.',
  try: 'the tour on it, as it stands here. Nothing is sent.',
}
