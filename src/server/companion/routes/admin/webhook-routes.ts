import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { omitUndefined } from '../../../../values/omit-undefined.ts'
import { requireRole } from '../../../console/access/person.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import type { NewWebhook, WebhookChange } from '../../../emitter/webhook-admin.ts'
import { HttpError } from '../../http-error.ts'
import { readJson } from '../../middleware/json-body.ts'
import type { AdminEnv } from './admin-env.ts'
import { datedView } from './content-views.ts'
import { pageOf, readPageQuery } from './page-query.ts'
import { refusingProblems } from './refusing-problems.ts'
import { attemptView, webhookView } from './views.ts'

// The entries are for the emitter to check: it knows the webhooks that are there already.
const newWebhook = z.custom<NewWebhook>(isObject, { error: 'expected an object' })
/** A merge patch (RFC 7396): null removes an entry. */
const webhookChange = z.pipe(
  z.record(z.string(), z.json()),
  z.transform((change): WebhookChange & { rev?: unknown } =>
    Object.fromEntries(Object.entries(change).map(([key, value]) => [key, value ?? undefined])),
  ),
)
const question = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'expected an absolute URL' }),
  origin: z.optional(z.string()),
  headers: z.optional(z.array(z.string())),
})

/** The endpoints' administration. No answer shows an address beyond its origin, a header's value or, but once, a secret; only an owner's `settings` have the address. */
export function webhookRoutes({
  webhooks,
  people,
}: Pick<AdminServices, 'webhooks' | 'people'>): Hono<AdminEnv> {
  const [authors, owners] = [requireRole('author'), requireRole('owner')]

  function idIn(context: Context): string {
    return context.req.param('id') ?? ''
  }

  return new Hono<AdminEnv>()
    .get('/webhooks', async context => context.json({ webhooks: (await webhooks.list()).map(webhookView) }))
    .post('/webhooks', owners, async context => {
      const webhook = await readJson(context.req.raw, newWebhook)
      const made = await refusingProblems(() => webhooks.create(context.get('person'), webhook))
      return context.json({ ...made, webhook: webhookView(made.webhook) }, 201)
    })
    .get('/webhooks/:id', async context => context.json(webhookView(await webhooks.find(idIn(context)))))
    .patch('/webhooks/:id', owners, async context => {
      const { id } = await webhooks.findOwn(idIn(context))
      const { rev, ...change } = await readJson(context.req.raw, webhookChange)
      const changed = await refusingProblems(() =>
        webhooks.update(context.get('person'), id, change, rev === undefined ? rev : String(rev)),
      )
      return context.json(webhookView(changed))
    })
    .delete('/webhooks/:id', owners, async context => {
      await webhooks.remove(context.get('person'), idIn(context))
      return context.body(null, 204)
    })
    .get('/webhooks/:id/settings', owners, async context => {
      const { headers = {}, auth, ...settings } = await webhooks.findOwn(idIn(context))
      const shown = { headerNames: Object.keys(headers), ...(auth && { username: auth.username }) }
      return context.json({ ...settings, ...shown, rev: await webhooks.rev(settings.id) })
    })
    .get('/webhooks/:id/uses', async context => {
      const { id } = await webhooks.find(idIn(context))
      const uses = (await webhooks.uses()).get(id) ?? []
      return context.json({ uses: uses.map(({ path: _, ...use }) => use) })
    })
    .get('/webhooks/:id/history', async context => {
      const page = readPageQuery(context.req.query())
      const target = `webhooks/${idIn(context)}`
      const records = await people.history(context.get('person'), { ...page, target })
      return context.json(pageOf('history', records.map(datedView), page))
    })
    .post('/webhooks/:id/enable', owners, async context =>
      context.json(webhookView(await webhooks.enable(context.get('person'), idIn(context)))),
    )
    .post('/webhooks/:id/disable', owners, async context =>
      context.json(webhookView(await webhooks.disable(context.get('person'), idIn(context)))),
    )
    .post('/webhooks/:id/rotate-secret', owners, async context =>
      context.json(await webhooks.rotateSecret(context.get('person'), idIn(context))),
    )
    .post('/webhooks/:id/test', authors, async context =>
      context.json(attemptView(await webhooks.test(context.get('person'), idIn(context)))),
    )
    .post('/probe', owners, async context => {
      const { url, origin, headers } = await readJson(context.req.raw, question)
      return context.json(await refusingSilence(() => webhooks.probe(url, omitUndefined({ origin, headers }))))
    })
}

/** Reports as a refusal that an endpoint gave no answer. */
async function refusingSilence<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the endpoint did not answer'
    throw new HttpError(422, 'no_answer', reason, { path: 'url' })
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
