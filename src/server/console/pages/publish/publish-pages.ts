import { Hono } from 'hono'
import { ConfigError } from '../../../../schema/problems/config-error.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { type ContentItem, nameOfItem } from '../../content/content-item.ts'
import { type ConsoleConfig, documentKinds, itemsOf } from '../../content/published-config.ts'
import { checkField, textField } from '../../ui/form-fields.ts'
import { readFormValues } from '../../ui/form-values.ts'
import { html, type Markup, nothing, segment } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, badge, card, emptyState, linkButton } from '../../ui/parts.ts'
import { ago } from '../../ui/time.ts'
import { contentBadge } from '../content/content-state.ts'
import { changeView } from './change-view.ts'

/** Drafts become what pages see, all at once or some, as a version that can be brought back. */
export function publishPages({ content, publishing, now, show, goTo }: ConsoleServices): Hono<ConsoleEnv> {
  const authors = requireRole('author')
  const app = new Hono<ConsoleEnv>()

  async function showChanges(
    context: ConsoleContext,
    { problem, status }: { problem?: Markup; status?: 200 | 422 } = {},
  ): Promise<Response> {
    const changes = await content.changes()
    const versions = await content.versions({ limit: 30 })
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
            : changesForm(changes, { root, mayPublish })
        }<section class="card flush"><header><div><h2>Versions</h2><p>The newest 200 are kept, each whole.</p></div></header>${
          versions.length === 0
            ? html`<p class="row soft">Nothing was published yet.</p>`
            : html`<ul class="rows">${versions.map(
                ({ number, at, by, note }, index) =>
                  html`<li class="row"><div><a class="whole main-line" href="${root}publish/versions/${number}">Version ${number}</a><div class="sub">${note}</div></div><div class="sub wide">${by}</div><div class="end sub">${index === 0 ? html`${badge('good', 'live')} ` : nothing}${ago(at, now())}</div></li>`,
              )}</ul>`
        }</section></div>`,
      },
      status,
    )
  }

  app.get('/publish', context => showChanges(context))
  app.post('/publish', authors, async context => {
    const form = await readFormValues(context)
    const chosen = new Set(form.all('item'))
    const items = (await content.changes()).filter(({ kind, id }) => chosen.has(`${kind}/${id}`))
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
      lead: html`${by}, ${ago(at, now())}${note === '' ? '' : html`: ${note}`}`,
      actions: mayPublish
        ? html`${actionButton({ action: `${here}/bring-back`, label: 'Bring back as draft', style: 'primary' })}${isLive ? nothing : actionButton({ action: `${here}/again`, label: 'Publish again' })}`
        : undefined,
      body: html`<div class="stack">${card({ title: `What changed from version ${number - 1}`, body: versionChanges((before ?? {}) as ConsoleConfig, config as ConsoleConfig) })}${
        isLive || !latest
          ? nothing
          : card({
              title: 'What is different now',
              body: versionChanges(
                config as ConsoleConfig,
                ((await content.version(latest.number))?.config ?? {}) as ConsoleConfig,
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

function changesForm(
  changes: readonly ContentItem[],
  { root, mayPublish }: { root: string; mayPublish: boolean },
): Markup {
  return html`<form method="post" action="${root}publish" class="card stack"><div>${changes.map(change => {
    const { kind, id, state, published, draft } = change
    return html`<div class="change"><div class="titled">${checkField({ name: 'item', value: `${kind}/${id}`, isChecked: true, isDisabled: !mayPublish, label: html`<b>${nameOfItem(change)}</b> <span class="soft small">${kind.slice(0, -1)}</span>` })}${contentBadge(state)}${change.by === undefined ? nothing : html`<span class="soft small">by ${change.by}</span>`}<a class="small" href="${root}${kind}/${segment(id)}">Open</a></div>${changeView(published, draft)}</div>`
  })}</div>${
    mayPublish
      ? html`${textField({ name: 'note', label: 'What is this version about?', isOptional: true })}<div class="buttons"><button class="button primary">Publish</button></div>`
      : nothing
  }</form>`
}

function versionChanges(before: ConsoleConfig, after: ConsoleConfig): Markup {
  const changes = documentKinds.flatMap(kind => {
    const [old, fresh] = [itemsOf(before, kind), itemsOf(after, kind)]
    return [...new Set([...fresh, ...old].map(({ id }) => id))].flatMap(id => {
      const [left, right] = [old.find(item => item.id === id), fresh.find(item => item.id === id)]
      return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ kind, id, left, right }]
    })
  })
  if (changes.length === 0) return html`<p class="soft">No difference.</p>`
  return html`${changes.map(
    ({ kind, id, left, right }) =>
      html`<div class="change"><b>${nameOfItem({ id, draft: right ?? left ?? null, published: undefined })}</b> <span class="soft small">${kind.slice(0, -1)}</span>${
        left && right
          ? changeView(left, right)
          : html`<p class="soft small">${right ? 'Added.' : 'Taken away.'}</p>`
      }</div>`,
  )}`
}

function problemsNote(error: ConfigError): Markup {
  return noteBar({
    tone: 'bad',
    text: html`<p><b>Nothing is published:</b> the result would not work.</p><ul>${error.problems.map(
      ({ path, message }) => html`<li><code>${path}</code> ${message}</li>`,
    )}</ul>`,
  })
}
