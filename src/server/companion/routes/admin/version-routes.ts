import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { requireRole } from '../../../console/access/person.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import type { ConsoleVersion } from '../../../stores/console-store.ts'
import { HttpError } from '../../http-error.ts'
import { readJson } from '../../middleware/json-body.ts'
import type { AdminEnv } from './admin-env.ts'
import { changeOfDocument, datedView } from './content-views.ts'
import { pageOf, readPageQuery } from './page-query.ts'
import { refusingProblems } from './refusing-problems.ts'

const published = z.strictObject({
  items: z.optional(z.array(z.string())),
  note: z.optional(z.string()),
})

/** What was published, each time as a whole; and publishing. */
export function versionRoutes({
  content,
  publishing,
}: Pick<AdminServices, 'content' | 'publishing'>): Hono<AdminEnv> {
  const authors = requireRole('author')

  function headingOf({ config: _, ...heading }: ConsoleVersion) {
    return datedView(heading)
  }

  return new Hono<AdminEnv>()
    .get('/versions', async context => {
      const page = readPageQuery(context.req.query())
      return context.json(pageOf('versions', (await content.versions(page)).map(datedView), page))
    })
    .post('/versions', authors, async context => {
      const { items: wanted, note = '' } = await readJson(context.req.raw, published)
      const changes = await content.changes()
      const items = changes.filter(({ kind, id }) => wanted?.includes(`${kind}/${id}`) ?? true)
      const missing = wanted?.find(target => !items.some(({ kind, id }) => `${kind}/${id}` === target))
      if (missing !== undefined || items.length === 0) {
        const message =
          missing === undefined ? 'Everything is published already.' : `There is no change of "${missing}".`
        throw new HttpError(422, 'nothing_to_publish', message, { path: 'items' })
      }
      const version = await refusingProblems(() => publishing.publish(context.get('person'), { items, note }))
      return context.json(headingOf(version), 201)
    })
    .get('/versions/:number', async context =>
      context.json(datedView(await publishing.find(numberIn(context)))),
    )
    .post('/versions/:number/publish', authors, async context => {
      const version = await refusingProblems(() =>
        publishing.publishAgain(context.get('person'), numberIn(context)),
      )
      return context.json(headingOf(version), 201)
    })
    .post('/versions/:number/bring-back', authors, async context => {
      await publishing.bringBack(context.get('person'), numberIn(context))
      return context.json({ changes: (await content.changes()).map(changeOfDocument) })
    })
}

function numberIn(context: Context): number {
  return Number(context.req.param('number'))
}
