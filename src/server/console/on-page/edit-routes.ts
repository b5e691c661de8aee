import { type Context, Hono } from 'hono'
import type { Json } from '../../../values/json.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { BrowserConfig } from '../../companion/browser-config.ts'
import { HttpError } from '../../companion/http-error.ts'
import { readJson } from '../../companion/middleware/json-body.ts'
import type { ContentItem } from '../content/content-item.ts'
import { savedTour, tourDraftOf } from '../pages/tours/tour-draft.ts'
import type { AdminServices } from '../services/admin-services.ts'
import { clashViews } from './clash-views.ts'
import { changedDraftSchema, redeemedSchema } from './edit-schemas.ts'
import { newProblems } from './new-problems.ts'
import type { PageSession } from './page-access.ts'
import { shownWebhooks } from './shown-webhooks.ts'

/** The most that a draft may be sent with: four times what a page may report, and what a very long tour needs. */
export const draftLimits = { maxBytes: 262_144, maxValues: 20_000 }

const kind = 'tours'

/** What the editor on a page asks (`/v1/edit/…`): it reads and writes the one draft that its token is for. */
export function editRoutes(
  { pageAccess, content, drafts, webhooks, audit }: AdminServices,
  pages: Pick<BrowserConfig, 'webhook'>,
): Hono {
  function sessionOf(context: Context): Promise<PageSession> {
    const token = /^Bearer +(\S{1,100})$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
    return pageAccess.use(token, originOf(context))
  }

  async function tourOf({ tour }: PageSession): Promise<ContentItem> {
    const item = await content.get(kind, tour)
    if (item && item.draft !== null) return item
    throw new HttpError(404, 'unknown_tour', 'This tour has been removed in the console.')
  }

  /** @throws {HttpError} (rejects) 422 when it is another tour's. */
  async function problemsOf(draft: Json, item: ContentItem) {
    const id: unknown = typeof draft === 'object' && draft !== null ? Reflect.get(draft, 'id') : undefined
    if (id !== item.id) {
      throw new HttpError(422, 'invalid', `expected the tour "${item.id}"; its id stays`, { path: 'draft.id' })
    }
    return newProblems(await content.problems(kind, draft), await content.problems(kind, item.draft))
  }

  const app = new Hono()
  app.use(async (context, next) => {
    context.header('cache-control', 'no-store')
    await next()
  })

  app.post('/session', async context => {
    const { code } = await readJson(context.req.raw, redeemedSchema)
    const { token, session } = await pageAccess.redeem(code, originOf(context))
    const { expiresAt, tour, step, mode, origin, person } = session
    const action = mode === 'try' ? 'tries it on the page' : 'edits it on the page'
    await audit.record(person, { action, target: `${kind}/${tour}`, details: origin })
    return context.json(omitUndefined({ token, expiresAt, tour, step, mode }))
  })
  app.delete('/session', async context => {
    const { hash } = await sessionOf(context)
    await pageAccess.end(hash)
    return context.body(null, 204)
  })

  app.get('/draft', async context => {
    const session = await sessionOf(context)
    const { id, rev, draft, state } = await tourOf(session)
    const { step, mode, person, expiresAt } = session
    return context.json({
      ...omitUndefined({ id, rev, draft: withStepIds(draft, id), step, mode }),
      isLocked: state === 'file',
      webhooks: await shownWebhooks(webhooks, pages),
      person: { name: person.name },
      expiresAt,
    })
  })
  app.put('/draft', async context => {
    const session = await sessionOf(context)
    const { rev, draft } = await readJson(context.req.raw, changedDraftSchema, draftLimits)
    const item = await tourOf(session)
    if (item.state === 'file') {
      const message = 'This tour stands in the config file; copy it to the console to change it.'
      throw new HttpError(409, 'from_config', message)
    }
    const problems = await problemsOf(draft, item)
    if (problems.length > 0) {
      const message = 'This can’t be saved: part of it is not as a tour has to be.'
      return context.json({ error: { code: 'invalid', message }, problems }, 422)
    }

    const base = await content.draftAt(kind, item.id, rev)
    const saved = await drafts.save(session.person, { item, rev, apply: () => draft })
    const shown = { rev: saved.item.rev, draft: withStepIds(saved.item.draft, item.id) }
    if (saved.clashes.length === 0) return context.json({ ...shown, expiresAt: session.expiresAt })
    const by = saved.item.by ?? 'Somebody'
    const message = `${by} has changed the same in the meantime; choose what to keep.`
    const clashes = clashViews(saved.clashes, base)
    return context.json(
      { error: { code: 'clash', message }, ...shown, clashes, merged: saved.merged ?? null },
      409,
    )
  })
  return app
}

/** The origin of the page that asks; of one beside the companion itself, which names none when it only reads. */
function originOf({ req }: Context): string | undefined {
  const named = req.header('origin')
  if (named !== undefined || req.header('sec-fetch-site') !== 'same-origin') return named
  const { protocol, host } = new URL(req.url)
  // What a proxy has taken away, it says here.
  const scheme = req.header('x-forwarded-proto') ?? protocol.replace(':', '')
  return `${scheme}://${req.header('x-forwarded-host') ?? req.header('host') ?? host}`
}

/** So that whoever works on a step can name it. */
function withStepIds(draft: Json, id: string): Json {
  return savedTour(tourDraftOf(draft, id))
}
