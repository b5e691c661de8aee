import { Hono } from 'hono'
import { ConfigError, type Problem } from '../../../../schema/problems/config-error.ts'
import { type ConsoleContext, type ConsoleEnv, hasRole, requireRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { pageSessionList } from '../../on-page/page-session-list.ts'
import type { Imported } from '../../services/transfer-service.ts'
import { checkField, textArea } from '../../ui/forms/form-fields.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { listPage, listPager, listSearch, readListQuery } from '../../ui/list-pages.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import type { Note } from '../../ui/notes.ts'
import { actionButton, badge, card, linkButton } from '../../ui/parts.ts'
import { ago } from '../../ui/time.ts'
import { auditRows } from '../audit-rows.ts'
import { differencesView } from '../publish/change-view.ts'
import { installGuide } from './install-guide.ts'
import { showTab } from './settings-tabs.ts'

/** What isn't about one content: the site, people, the whole config, who did what. */
export function settingsPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const { people, pageAccess, sites, webhooks, transfer, basePath, allowedOrigins, clock, goTo } = services
  const owners = requireRole('owner')
  const app = new Hono<ConsoleEnv>()

  /** Where messages go straight from the browser. */
  async function directOrigins(): Promise<string[]> {
    const direct = (await webhooks.list()).filter(({ transport = 'relay' }) => transport !== 'relay')
    return [...new Set(direct.map(({ endpoint }) => endpoint))]
  }

  app.get('/settings', async context => {
    const server = `${new URL(context.req.url).origin}${basePath === '/' ? '' : basePath}`
    return showTab(
      services,
      context,
      'settings',
      installGuide({
        server,
        origins: allowedOrigins,
        direct: await directOrigins(),
        sites: await sites.list(),
        now: clock.now(),
      }),
    )
  })

  app.get('/settings/people', async context => {
    const person = context.get('person')
    const isOwner = hasRole(person, 'owner')
    const root = context.get('root')
    const href = `${root}settings/people`
    const query = context.req.query()
    const signedIn = listPage(isOwner ? await people.signedIn() : [], readListQuery(query), ({ name }) => [
      name,
    ])
    const onPages = listPage(isOwner ? await pageAccess.list() : [], {
      ...readListQuery(query, 'page'),
      search: '',
    })
    return showTab(
      services,
      context,
      'settings/people',
      html`<div class="stack">${card({
        title: 'Roles',
        body: html`<ul class="checks"><li><b>viewer</b> reads.</li><li><b>author</b> also writes and publishes, tests webhooks, and resends.</li><li><b>owner</b> also has webhooks and their secrets, bulk actions, imports, sessions, and forgets users.</li></ul><p class="hint">People are named where the companion is started: with a token each, or by the host’s own sign-in.</p>`,
      })}${listSearch(signedIn, href)}<section class="card flush"><header><div><h2>Signed in</h2><p>A session lasts twelve hours.</p></div></header>${
        isOwner
          ? html`<ul class="rows">${signedIn.shown.map(
              ({ hash, name, role, createdAt, until }) =>
                html`<li class="row"><div><span class="main-line">${name}</span> ${badge('mute', role)}<div class="sub">since ${ago(createdAt, clock.now())}</div></div><div class="sub wide">ends ${ago(until, clock.now())}</div><div class="end">${actionButton({ action: `${root}settings/people/end`, label: 'End', style: 'danger slim', name: `End ${name}’s session`, fields: html`<input type="hidden" name="session" value="${hash}">` })}</div></li>`,
            )}</ul>${signedIn.total === 0 ? html`<p class="row soft">Nobody with a token.</p>` : nothing}`
          : html`<p class="row soft">Owners see who is signed in.</p>`
      }</section>${listPager(signedIn, href)}${isOwner ? html`${pageSessionList(onPages.shown, { root, now: clock.now() })}${listPager(onPages, href, 'page')}` : nothing}</div>`,
    )
  })
  app.post('/settings/people/end', owners, async context => {
    await people.endSession(context.get('person'), (await readFormValues(context)).text('session'))
    return goTo(context, 'settings/people?note=ended')
  })

  app.get('/settings/audit', async context => {
    const before = Number(context.req.query('before')) || undefined
    const records = await people.history(context.get('person'), { limit: 50, before })
    const last = records.at(-1)
    const root = context.get('root')
    return showTab(
      services,
      context,
      'settings/audit',
      html`<div class="stack"><section class="card flush">${auditRows(records, clock.now(), { withTarget: true })}</section>${
        records.length === 50 && last
          ? html`<p>${linkButton({ href: `${root}settings/audit?before=${last.number}`, label: 'Older' })}</p>`
          : nothing
      }</div>`,
    )
  })

  function showTransfer(
    context: ConsoleContext,
    more: { text?: string; problems?: readonly Problem[]; note?: Note; imported?: Imported } = {},
  ): Promise<Response> {
    const root = context.get('root')
    const isOwner = hasRole(context.get('person'), 'owner')
    const { text, problems = [], note, imported } = more
    return showTab(
      services,
      context,
      'settings/transfer',
      html`<div class="stack">${imported ? importedDrafts(imported, root) : nothing}${card({
        title: 'Export',
        lead: 'Everything that is live, as a tourhook.json. Without passwords, headers, parameters and secrets.',
        body: html`<form method="get" action="${root}settings/export/tourhook.json" class="form">${isOwner ? checkField({ name: 'secrets', label: 'With secrets', hint: 'Signing secrets, passwords, headers and parameters of the webhooks. Whoever has the file can send in your name.' }) : nothing}<div class="buttons"><button class="button">Download tourhook.json</button></div></form>`,
      })}${
        isOwner
          ? card({
              title: 'Import',
              lead: 'Tours, checklists, banners and segments become drafts; webhooks that are not there yet are made.',
              body: html`<form method="post" action="${root}settings/import" class="form" enctype="multipart/form-data"><div class="field"><label for="f-file">File</label><input id="f-file" type="file" name="file" accept=".json,application/json"></div>${textArea(
                {
                  name: 'json',
                  label: 'tourhook.json',
                  hint: 'Or what stands in the file.',
                  isCode: true,
                  value: text ?? '',
                  error:
                    problems
                      .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
                      .join('; ') || undefined,
                },
              )}<div class="buttons"><button class="button primary">Import</button></div></form>`,
            })
          : nothing
      }</div>`,
      { ...(note && { note }), ...(problems.length > 0 && { status: 422 }) },
    )
  }
  app.get('/settings/transfer', context => showTransfer(context))
  app.get('/settings/export/tourhook.json', requireRole('author'), async context =>
    context.body(
      `${JSON.stringify(await transfer.exported(context.get('person'), { withSecrets: context.req.query('secrets') === 'on' }), null, 2)}\n`,
      200,
      {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="tourhook.json"',
      },
    ),
  )
  app.post('/settings/import', owners, async context => {
    const form = await readFormValues(context)
    const text = form.exact('file') || form.exact('json')
    try {
      const imported = await transfer.imported(context.get('person'), parse(text))
      const skipped =
        imported.skipped.length > 0 ? html` Left as they are: ${imported.skipped.join(', ')}.` : ''
      return showTransfer(context, {
        imported,
        note: {
          tone: 'good',
          text: html`Imported into the drafts: ${imported.drafts.length}; webhooks made: ${imported.webhooks.length}.${skipped}`,
        },
      })
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      return showTransfer(context, { text, problems: error.problems })
    }
  })

  return app
}

/** What an import has changed in the drafts, place by place. */
function importedDrafts({ drafts }: Imported, root: string): Markup {
  if (drafts.length === 0) return nothing
  return card({
    title: 'What it changes',
    lead: 'In the drafts. Visitors see it once it is published.',
    body: html`${drafts.map(
      ({ kind, id, differences }) =>
        html`<div class="change"><b>${id}</b> <span class="soft small">${kind.slice(0, -1)}</span>${differencesView(differences)}</div>`,
    )}<p>${linkButton({ href: `${root}publish`, label: 'Review the changes', style: 'primary' })}</p>`,
  })
}

/** @throws {ConfigError} when it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ConfigError([{ path: '', message: 'is not JSON' }])
  }
}
