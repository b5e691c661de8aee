import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { DocumentDetail } from '../../../../schema/admin/document-state.ts'
import type { Json } from '../../../../values/json.ts'
import { requireRole } from '../../../console/access/person.ts'
import type { ContentItem } from '../../../console/content/content-item.ts'
import { idFrom } from '../../../console/content/fresh-id.ts'
import { documentKinds } from '../../../console/content/published-config.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import type { SaveOutcome } from '../../../console/services/draft-service.ts'
import type { DocumentKind } from '../../../stores/console-store.ts'
import { HttpError } from '../../http-error.ts'
import { largeBody, readJson } from '../../middleware/json-body.ts'
import type { AdminEnv } from './admin-env.ts'
import { changeOfDocument, documentView } from './content-views.ts'

const draftOf = z.record(z.string(), z.json(), { error: 'expected an object' })
const saved = z.strictObject({
  rev: z.int({ error: 'expected the "rev" that the change began from' }),
  draft: draftOf,
})

const longestId = 200

/** Tours, checklists, banners and segments, as drafts until they are published. */
export function documentRoutes({
  content,
  drafts,
  messages,
}: Pick<AdminServices, 'content' | 'drafts' | 'messages'>): Hono<AdminEnv> {
  const authors = requireRole('author')

  function find(context: Context): Promise<ContentItem> {
    return drafts.find(kindIn(context), context.req.param('id') ?? '')
  }
  function findOwn(context: Context): Promise<ContentItem> {
    return drafts.findOwn(kindIn(context), context.req.param('id') ?? '')
  }

  async function detailOf(item: ContentItem): Promise<DocumentDetail> {
    const { kind, state, draft, published } = item
    const isChecked = state !== 'file' && draft !== null
    return {
      ...documentView(item),
      draft,
      ...(published !== undefined && { published }),
      problems: isChecked ? await content.problems(kind, draft) : [],
    }
  }

  async function named(kind: DocumentKind, id: string): Promise<DocumentDetail> {
    return detailOf(await drafts.find(kind, id))
  }

  return new Hono<AdminEnv>()
    .get('/documents', async context => {
      const lists = await Promise.all(documentKinds.map(kind => content.list(kind)))
      return context.json({ documents: lists.flat().map(documentView) })
    })
    .get('/changes', async context =>
      context.json({ changes: (await content.changes()).map(changeOfDocument) }),
    )
    .get('/documents/:kind', async context =>
      context.json({ documents: (await content.list(kindIn(context))).map(documentView) }),
    )
    .post('/documents/:kind', authors, async context => {
      const kind = kindIn(context)
      const draft: { [key: string]: Json } = await readJson(context.req.raw, draftOf, largeBody)
      const { id = '', name } = draft
      // What a draft is found by has to be right at once; the rest of it, when it is published.
      if (typeof id !== 'string' || id.length > longestId) {
        throw new HttpError(422, 'invalid', `expected a text of at most ${longestId} characters`, {
          path: 'id',
        })
      }
      if (id !== '' && (await content.get(kind, id))) {
        throw new HttpError(409, 'taken', 'Another one has this id.', { path: 'id' })
      }
      const wanted = id !== '' ? id : idFrom(String(name ?? ''), kind.slice(0, -1))
      const made = await drafts.create(context.get('person'), kind, { ...draft, id: wanted })
      return context.json(await named(kind, made), 201)
    })
    .get('/documents/:kind/:id', async context => context.json(await detailOf(await find(context))))
    .get('/documents/:kind/:id/messages', async context =>
      context.json({ messages: await messages.samples(context.get('person'), await find(context)) }),
    )
    .put('/documents/:kind/:id', authors, async context => {
      const item = await findOwn(context)
      const { rev, draft } = await readJson(context.req.raw, saved, largeBody)
      const outcome = await drafts.save(context.get('person'), {
        item,
        rev,
        apply: () => ({ ...draft, id: item.id }),
      })
      refuseClashes(outcome)
      return context.json(await detailOf(outcome.item))
    })
    .delete('/documents/:kind/:id', authors, async context => {
      const outcome = await drafts.remove(context.get('person'), await findOwn(context))
      return outcome ? context.json(await detailOf(outcome.item)) : context.body(null, 204)
    })
    .post('/documents/:kind/:id/discard', authors, async context => {
      const item = await findOwn(context)
      await drafts.discard(context.get('person'), item)
      return item.published === undefined
        ? context.body(null, 204)
        : context.json(await named(item.kind, item.id))
    })
    .post('/documents/:kind/:id/copy', authors, async context => {
      const item = await find(context)
      return context.json(await named(item.kind, await drafts.copy(context.get('person'), item)), 201)
    })
}

/** @throws {HttpError} 404 when the address names no kind. */
function kindIn(context: Context): DocumentKind {
  const kind = documentKinds.find(kind => kind === context.req.param('kind'))
  if (kind) return kind
  throw new HttpError(404, 'unknown_kind', `Expected one of ${documentKinds.join(', ')}.`)
}

/** @throws {HttpError} 409 with each place that both have changed, and the rest, merged: nothing was kept. */
function refuseClashes({ clashes, item, merged }: SaveOutcome): void {
  if (clashes.length === 0) return
  const who = item.by ?? 'Somebody'
  throw new HttpError(
    409,
    'clash',
    `${who} has changed the same. Choose for each of the clashes, and save again with the present rev.`,
    { details: { clashes, rev: item.rev, merged } },
  )
}
