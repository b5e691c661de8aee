import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { ConfigError } from '../../../schema/problems/config-error.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { NewWebhook, WebhookAdmin, WebhookChange } from '../../emitter/webhook-admin.ts'
import type { WebhookSummary } from '../../webhooks/webhook-summary.ts'
import { HttpError } from '../http-error.ts'
import { readJson } from '../middleware/json-body.ts'
import { attemptView, webhookView } from './views.ts'

// The entries are for the emitter to check: it knows the webhooks that are there already.
const newWebhook = z.custom<NewWebhook>(isObject, { error: 'expected an object' })
/** A merge patch (RFC 7396): null removes an entry. */
const webhookChange = z.pipe(
  z.record(z.string(), z.json()),
  z.transform(
    (change): WebhookChange =>
      Object.fromEntries(Object.entries(change).map(([key, value]) => [key, value ?? undefined])),
  ),
)
const question = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'expected an absolute URL' }),
  origin: z.optional(z.string()),
  headers: z.optional(z.array(z.string())),
})

/** The endpoints' administration. No answer shows an address beyond its origin, a header's value or, but once, a secret. */
export function webhookRoutes(webhooks: WebhookAdmin): Hono {
  async function find(context: Context): Promise<WebhookSummary> {
    const webhook = await webhooks.get(context.req.param('id') ?? '')
    if (!webhook) throw new HttpError(404, 'unknown_webhook', 'No webhook has this id.')
    return webhook
  }

  async function findOwn(context: Context): Promise<WebhookSummary> {
    const webhook = await find(context)
    if (webhook.source === 'runtime') return webhook
    throw new HttpError(409, 'from_config', 'This webhook stands in the config; change it there.')
  }

  return new Hono()
    .get('/webhooks', async context => context.json({ webhooks: (await webhooks.list()).map(webhookView) }))
    .post('/webhooks', async context => {
      const webhook = await readJson(context.req.raw, newWebhook)
      if (webhook.id !== undefined && (await webhooks.get(webhook.id))) {
        throw new HttpError(409, 'taken', 'Another webhook has this id.', { path: 'id' })
      }
      const made = await refusingProblems(() => webhooks.create(webhook))
      return context.json({ ...made, webhook: webhookView(made.webhook) }, 201)
    })
    .get('/webhooks/:id', async context => context.json(webhookView(await find(context))))
    .patch('/webhooks/:id', async context => {
      const { id } = await findOwn(context)
      const change = await readJson(context.req.raw, webhookChange)
      return context.json(webhookView(await refusingProblems(() => webhooks.update(id, change))))
    })
    .delete('/webhooks/:id', async context => {
      await webhooks.remove((await findOwn(context)).id)
      return context.body(null, 204)
    })
    .post('/webhooks/:id/enable', async context =>
      context.json(webhookView(await webhooks.enable((await find(context)).id))),
    )
    .post('/webhooks/:id/disable', async context =>
      context.json(webhookView(await webhooks.disable((await find(context)).id))),
    )
    .post('/webhooks/:id/rotate-secret', async context =>
      context.json(await webhooks.rotateSecret((await find(context)).id)),
    )
    .post('/webhooks/:id/test', async context =>
      context.json(attemptView(await webhooks.test((await find(context)).id))),
    )
    .post('/probe', async context => {
      const { url, origin, headers } = await readJson(context.req.raw, question)
      return context.json(await refusingSilence(() => webhooks.probe(url, omitUndefined({ origin, headers }))))
    })
}

/** Reports a webhook's first problem as a refusal. */
async function refusingProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const [problem] = error instanceof ConfigError ? error.problems : []
    if (!problem) throw error
    throw new HttpError(422, 'invalid', problem.message, {
      path: problem.path.replace(/^webhooks\[0\]\.?/, ''),
    })
  }
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
