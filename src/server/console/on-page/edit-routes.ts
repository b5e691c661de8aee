import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { json, object } from '../../../schema/primitives.ts'
import type { Json } from '../../../values/json.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { BrowserConfig } from '../../companion/browser-config.ts'
import { HttpError } from '../../companion/http-error.ts'
import { readJson } from '../../companion/middleware/json-body.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import { createAuditTrail } from '../audit-trail.ts'
import type { ConsoleContent } from '../content/console-content.ts'
import type { ContentItem } from '../content/content-item.ts'
import { differencesOf } from '../content/differences.ts'
import { clashViews } from './clash-views.ts'
import { newProblems } from './new-problems.ts'
import type { PageAccess, PageSession } from './page-access.ts'
import { shownWebhooks } from './shown-webhooks.ts'

/** The most that a draft may be sent with: four times what a page may report, and what a very long tour needs. */
export const draftLimits = { maxBytes: 262_144, maxValues: 20_000 }

const kind = 'tours'

export const redeemedSchema = object({ code: z.string().check(z.minLength(1), z.maxLength(100)) })
export const changedDraftSchema = object({ rev: z.int().check(z.minimum(0)), draft: json })

export interface EditRoutesOptions {
  access: PageAccess
  content: ConsoleContent
  emitter: Pick<Emitter, 'webhooks' | 'console'>
  pages: Pick<BrowserConfig, 'webhook'>
  now: () => number
}

/** What the editor on a page asks (`/v1/edit/…`): it reads and writes the one draft that its token is for. */
export function editRoutes({ access, content, emitter, pages, now }: EditRoutesOptions): Hono {
  const audit = createAuditTrail({ store: emitter.console, now })

  function sessionOf(context: Context): Promise<PageSession> {
    const token = /^Bearer +(\S{1,100})$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
    return access.use(token, originOf(context))
  }

  async function tourOf({ tour }: PageSession): Promise<ContentItem> {
    const item = await content.get(kind, tour)
    if (item && item.draft !== null) return item
    throw new HttpError(404, 'unknown_tour', 'This tour has been removed in the console.')
  }

  const app = new Hono()
  app.use(async (context, next) => {
    context.header('cache-control', 'no-store')
    await next()
  })
  return app
    .post('/session', async context => {
      const { code } = await readJson(context.req.raw, redeemedSchema)
      const { token, session } = await access.redeem(code, originOf(context) ?? '')
      const { expiresAt, tour, step, mode, origin, person } = session
      await audit.record(person, {
        action: mode === 'try' ? 'tries it on the page' : 'edits it on the page',
        target: `${kind}/${tour}`,
        details: origin,
        via: 'page',
      })
      return context.json(omitUndefined({ token, expiresAt, tour, step, mode }))
    })
    .delete('/session', async context => {
      const { hash } = await sessionOf(context)
      await access.end(hash)
      return context.body(null, 204)
    })
    .get('/draft', async context => {
      const session = await sessionOf(context)
      const { id, rev, draft, state } = await tourOf(session)
      const { step, mode, person, expiresAt } = session
      return context.json({
        ...omitUndefined({ id, rev, draft, step, mode }),
        isLocked: state === 'file',
        webhooks: await shownWebhooks(emitter.webhooks, pages),
        person: { name: person.name },
        expiresAt,
      })
    })
    .put('/draft', async context => {
      const session = await sessionOf(context)
      const { person, expiresAt } = session
      const { rev, draft } = await readJson(context.req.raw, changedDraftSchema, draftLimits)
      const item = await tourOf(session)
      if (item.state === 'file') {
        const message = 'This tour stands in the config file; copy it to the console to change it.'
        throw new HttpError(409, 'from_config', message)
      }
      if (idIn(draft) !== item.id) {
        throw new HttpError(422, 'invalid', `expected the tour "${item.id}"; its id stays`, {
          path: 'draft.id',
        })
      }
      const problems = newProblems(
        await content.problems(kind, draft),
        await content.problems(kind, item.draft),
      )
      if (problems.length > 0) {
        const message = 'This can’t be saved: part of it is not as a tour has to be.'
        return context.json({ error: { code: 'invalid', message }, problems }, 422)
      }

      const base = await content.draftAt(kind, item.id, rev)
      const saved = await content.save({ kind, id: item.id, draft, rev, by: person.name })
      if (saved.clashes.length > 0) {
        const message = `${saved.item.by ?? 'Somebody'} has changed the same in the meantime; choose what shall stand.`
        return context.json(
          {
            error: { code: 'clash', message },
            rev: saved.item.rev,
            clashes: clashViews(saved.clashes, base),
            draft: saved.item.draft,
            merged: saved.merged ?? null,
          },
          409,
        )
      }
      const changed = differencesOf(item.draft, saved.item.draft)
      if (changed.length > 0) {
        await audit.record(person, {
          action: 'changed it',
          target: `${kind}/${item.id}`,
          details: changed.map(({ path }) => path.join(' › ')).slice(0, 20),
          via: 'page',
        })
      }
      return context.json({ rev: saved.item.rev, draft: saved.item.draft, expiresAt })
    })
}

/** The origin of the page that asks; of one beside the companion itself, which names none when it only reads. */
function originOf({ req }: Context): string | undefined {
  const named = req.header('origin')
  if (named !== undefined || req.header('sec-fetch-site') !== 'same-origin') return named
  // What a proxy has taken https from is still known by its host.
  const protocol = req.header('x-forwarded-proto') ?? new URL(req.url).protocol.replace(':', '')
  return `${protocol}://${req.header('x-forwarded-host') ?? req.header('host') ?? new URL(req.url).host}`
}

function idIn(draft: Json): unknown {
  return typeof draft === 'object' && draft !== null ? Reflect.get(draft, 'id') : undefined
}
