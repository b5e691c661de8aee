import { Hono } from 'hono'
import { ConfigError } from '../../../../schema/problems/config-error.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import type { ConsoleConfig } from '../../content/published-config.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { readListQuery } from '../../ui/list-pages.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, badge, card, emptyState, linkButton } from '../../ui/parts.ts'
import { ago } from '../../ui/time.ts'
import { changesForm, versionChanges } from './changes-form.ts'

const mostVersions = 30

/** Drafts become what pages see, all at once or some, as a version that can be brought back. */
export function publishPages({ content, publishing, clock, show, goTo }: ConsoleServices): Hono<ConsoleEnv> {
  const authors = requireRole('author')
  const app = new Hono<ConsoleEnv>()

  async function showChanges(
    context: ConsoleContext,
    { problem, status }: { problem?: Markup; status?: 200 | 422 } = {},
  ): Promise<Response> {
    const changes = await content.changes()
    const versions = await content.versions({
      limit: mostVersions,
      before: Number(context.req.query('before')) || undefined,
    })
    const [newest] = await content.versions({ limit: 1 })
    const last = versions.at(-1)
    const root = context.get('root')
    const mayPublish = hasRole(context.get('person'), 'author')
    return show(
      context,
      {
        title: 'Publish',
        section: 'Publish',
        lead: 'What is written in the console reaches visitors when it is published. Webhooks work at once.',
        body: html`<div class="stack">${problem ?? nothing}${
          changes.length === 0
            ? emptyState({
                picture: 'check',
                title: 'Everything is published',
                text: 'Drafts that differ from what visitors see appear here, word by word.',
              })
            : changesForm(changes, { root, mayPublish, query: readListQuery(context.req.query()) })
        }<section class="card flush"><header><div><h2>Versions</h2><p>The newest 200 are kept, each whole.</p></div></header>${
          versions.length === 0
            ? html`<p class="row soft">Nothing was published yet.</p>`
            : html`<ul class="rows">${versions.map(
                ({ number, at, by, note }) =>
                  html`<li class="row"><div><a class="whole main-line" href="${root}publish/versions/${number}">Version ${number}</a><div class="sub">${note}</div></div><div class="sub wide">${by}</div><div class="end sub">${number === newest?.number ? html`${badge('good', 'live')} ` : nothing}${ago(at, clock.now())}</div></li>`,
              )}</ul>`
        }</section>${versions.length === mostVersions && last ? html`<p>${linkButton({ href: `${root}publish?before=${last.number}`, label: 'Older versions', style: 'slim' })}</p>` : nothing}</div>`,
      },
      status,
    )
  }

  app.get('/publish', context => showChanges(context))
  app.post('/publish', authors, async context => {
    const form = await readFormValues(context)
    const [chosen, shown] = [new Set(form.all('item')), new Set(form.all('shown'))]
    const isMeant = (target: string) => chosen.has(target) || (form.has('others') && !shown.has(target))
    const items = (await content.changes()).filter(({ kind, id }) => isMeant(`${kind}/${id}`))
    if (items.length === 0) {
      return showChanges(context, {
        problem: noteBar({ tone: 'bad', text: 'Tick at least one change.' }),
        status: 422,
      })
    }
    try {
      await publishing.publish(context.get('person'), { items, note: form.text('note') })
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      return showChanges(context, { problem: problemsNote(error), status: 422 })
    }
    return goTo(context, 'publish?note=published')
  })

  function versionOf(context: ConsoleContext) {
    return publishing.find(numberIn(context))
  }

  app.get('/publish/versions/:number', async context => {
    const { number, at, by, note, config } = await versionOf(context)
    const [latest] = await content.versions({ limit: 1 })
    const before = (await content.version(number - 1))?.config
    const root = context.get('root')
    const here = `${root}publish/versions/${number}`
    const mayPublish = hasRole(context.get('person'), 'author')
    const isLive = latest?.number === number
    return show(context, {
      title: `Version ${number}`,
      section: 'Publish',
      crumbs: [{ name: 'Publish', path: 'publish' }],
      beside: isLive ? badge('good', 'live') : nothing,
      lead: html`${by}, ${ago(at, clock.now())}${note === '' ? '' : html`: ${note}`}`,
      actions: mayPublish
        ? html`${actionButton({ action: `${here}/bring-back`, label: 'Bring back as draft', style: 'primary' })}${isLive ? nothing : actionButton({ action: `${here}/again`, label: 'Publish again' })}`
        : undefined,
      body: html`<div class="stack">${card({ title: `What changed from version ${number - 1}`, body: versionChanges((before ?? {}) as ConsoleConfig, config as ConsoleConfig, { query: readListQuery(context.req.query()), href: here, place: 'from' }) })}${
        isLive || !latest
          ? nothing
          : card({
              title: 'What is different now',
              body: versionChanges(
                config as ConsoleConfig,
                ((await content.version(latest.number))?.config ?? {}) as ConsoleConfig,
                { query: readListQuery(context.req.query(), 'now'), href: here, place: 'now' },
              ),
            })
      }<p>${linkButton({ href: `${here}/json`, label: 'All of it, as JSON', style: 'slim' })}</p></div>`,
    })
  })
  app.get('/publish/versions/:number/json', async context => {
    const { config } = await versionOf(context)
    return context.body(JSON.stringify(config), 200, { 'content-type': 'application/json' })
  })
  app.post('/publish/versions/:number/bring-back', authors, async context => {
    await publishing.bringBack(context.get('person'), numberIn(context))
    return goTo(context, 'publish?note=brought')
  })
  app.post('/publish/versions/:number/again', authors, async context => {
    try {
      await publishing.publishAgain(context.get('person'), numberIn(context))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      return showChanges(context, { problem: problemsNote(error), status: 422 })
    }
    return goTo(context, 'publish?note=published')
  })

  return app
}

function numberIn(context: ConsoleContext): number {
  return Number(context.req.param('number'))
}

function problemsNote(error: ConfigError): Markup {
  return noteBar({
    tone: 'bad',
    text: html`<p><b>Nothing is published:</b> the result would not work.</p><ul>${error.problems.map(
      ({ path, message }) => html`<li><code>${path}</code> ${message}</li>`,
    )}</ul>`,
  })
}
