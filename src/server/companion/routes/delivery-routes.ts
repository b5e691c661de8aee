import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { subscriptionSchema } from '../../../schema/event.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { Clock } from '../../clock.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { Delivery } from '../../stores/store.ts'
import { HttpError } from '../http-error.ts'
import { checkShape, readJson } from '../middleware/json-body.ts'
import { deliveryView, pageView } from './views.ts'

const aTime = { error: 'expected a time such as 2026-11-23T09:00:00Z' }
/** ISO 8601, or milliseconds since 1970. */
const time = z.pipe(
  z.union([z.int(), z.string()], aTime).check(z.refine(value => !Number.isNaN(toMs(value)), aTime)),
  z.transform(toMs),
)

/** Which deliveries are meant; all conditions must hold. */
const filter = {
  id: z.optional(z.string()),
  webhook: z.optional(z.string()),
  state: z.optional(z.enum(['pending', 'delivered', 'failed'])),
  event: z.optional(
    z.union([subscriptionSchema, z.literal('trigger_event')], { error: "expected an event's name" }),
  ),
  userId: z.optional(z.string()),
  since: z.optional(time),
  until: z.optional(time),
}

const query = z.strictObject({
  ...filter,
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

const replayed = z.strictObject(filter).check(
  z.refine(({ id, state, since }) => id !== undefined || state === 'pending' || since !== undefined, {
    path: ['since'],
    error:
      'is missing; expected the time from which on to send again, such as 2026-11-23T09:00:00Z. Only what waits ("state": "pending") needs none',
  }),
)

const canceled = z.strictObject(filter).check(
  z.refine(wanted => Object.values(wanted).some(value => value !== undefined), {
    error: 'names nothing to cancel; expected "webhook", "id", "userId", "event", "since" or "until"',
  }),
)

export interface DeliveryRoutesOptions {
  emitter: Pick<Emitter, 'deliveries' | 'webhooks'>
  clock: Pick<Clock, 'now'>
}

/** The delivery log's administration: look, send again, cancel; one, or all that match. */
export function deliveryRoutes({ emitter: { deliveries, webhooks }, clock }: DeliveryRoutesOptions): Hono {
  async function find(context: Context): Promise<Delivery> {
    const delivery = await deliveries.get(context.req.param('id') ?? '', context.req.query('webhook'))
    if (delivery) return delivery
    throw new HttpError(404, 'unknown_delivery', 'No delivery has this id, or the log has forgotten it.')
  }

  async function checkWebhook(id: string): Promise<void> {
    if (await webhooks.get(id)) return
    throw new HttpError(409, 'unknown_webhook', `The webhook "${id}" is gone; nothing can be sent to it.`)
  }

  return new Hono()
    .get('/deliveries', async context => {
      const page = await deliveries.list(omitUndefined(checkShape(query, context.req.query())))
      return context.json(pageView(page, clock.now()))
    })
    .post('/deliveries/replay', async context => {
      const wanted = omitUndefined(await readJson(context.req.raw, replayed))
      if (wanted.webhook !== undefined) await checkWebhook(wanted.webhook)
      return context.json({ replayed: await deliveries.replay(wanted) }, 202)
    })
    .post('/deliveries/cancel', async context => {
      const wanted = omitUndefined(await readJson(context.req.raw, canceled))
      return context.json({ canceled: await deliveries.cancel(wanted) }, 202)
    })
    .get('/deliveries/:id', async context => context.json(deliveryView(await find(context), clock.now())))
    .post('/deliveries/:id/resend', async context => {
      const { id, webhook } = await find(context)
      await checkWebhook(webhook)
      await deliveries.resend(id, webhook)
      return context.json({ id, webhook }, 202)
    })
}

function toMs(time: string | number): number {
  return typeof time === 'string' && !/^\d{1,15}$/.test(time) ? Date.parse(time) : Number(time)
}
