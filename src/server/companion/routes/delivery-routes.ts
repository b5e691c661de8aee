import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { eventNameSchema } from '../../../schema/event.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { Delivery } from '../../stores/store.ts'
import { HttpError } from '../http-error.ts'
import { checkShape, readJson } from '../middleware/json-body.ts'

/** ISO 8601, or milliseconds since 1970. */
const time = z.pipe(
  z
    .union([z.int(), z.string()])
    .check(
      z.refine(value => !Number.isNaN(toMs(value)), { error: 'expected a time such as 2026-11-23T09:00:00Z' }),
    ),
  z.transform(toMs),
)

const query = z.strictObject({
  webhook: z.optional(z.string()),
  state: z.optional(z.enum(['pending', 'delivered', 'failed'])),
  event: z.optional(
    z.union([eventNameSchema, z.literal('trigger_event')], { error: "expected an event's name" }),
  ),
  userId: z.optional(z.string()),
  since: z.optional(time),
  until: z.optional(time),
  limit: z.optional(
    z.pipe(
      z
        .string()
        .check(z.regex(/^([1-9]\d?|[1-4]\d\d|500)$/, { error: 'expected a whole number from 1 to 500' })),
      z.transform(Number),
    ),
  ),
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}_.+$/s, { error: 'expected the "next" of a page' }))),
})

const span = z.strictObject({
  webhook: z.string(),
  since: time,
  until: z.optional(time),
  state: z.optional(z.enum(['delivered', 'failed'])),
})

/** The delivery log's administration: look, send one again, send a span of time again. */
export function deliveryRoutes({ deliveries, webhooks }: Pick<Emitter, 'deliveries' | 'webhooks'>): Hono {
  async function find(context: Context): Promise<Delivery> {
    const delivery = await deliveries.get(context.req.param('id') ?? '')
    if (delivery) return delivery
    throw new HttpError(404, 'unknown_delivery', 'No delivery has this id, or the log has forgotten it.')
  }

  async function checkWebhook(id: string): Promise<void> {
    if (await webhooks.get(id)) return
    throw new HttpError(409, 'unknown_webhook', `The webhook "${id}" is gone; nothing can be sent to it.`)
  }

  return new Hono()
    .get('/deliveries', async context =>
      context.json(await deliveries.list(omitUndefined(checkShape(query, context.req.query())))),
    )
    .post('/deliveries/replay', async context => {
      const wanted = omitUndefined(await readJson(context.req.raw, span))
      await checkWebhook(wanted.webhook)
      return context.json({ replayed: await deliveries.replay(wanted) }, 202)
    })
    .get('/deliveries/:id', async context => context.json(await find(context)))
    .post('/deliveries/:id/resend', async context => {
      const { id, webhook } = await find(context)
      await checkWebhook(webhook)
      await deliveries.resend(id)
      return context.json({ id }, 202)
    })
}

function toMs(time: string | number): number {
  return typeof time === 'string' && !/^\d{1,15}$/.test(time) ? Date.parse(time) : Number(time)
}
