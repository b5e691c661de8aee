import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { subscriptionSchema } from '../../../../schema/event.ts'
import { omitUndefined } from '../../../../values/omit-undefined.ts'
import { requireRole } from '../../../console/access/person.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import { isCursor } from '../../../emitter/log-cursor.ts'
import { checkShape, readJson } from '../../middleware/json-body.ts'
import type { AdminEnv } from './admin-env.ts'
import { deliveryView, hourView, pageView } from './views.ts'

const aTime = { error: 'expected a time such as 2026-11-23T09:00:00Z' }
/** ISO 8601, or milliseconds since 1970. */
const time = z.pipe(
  z.union([z.int(), z.string()], aTime).check(z.refine(value => !Number.isNaN(toMs(value)), aTime)),
  z.transform(toMs),
)

/** Which deliveries are meant; all conditions must hold. */
export const deliveryFilter = {
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
  ...deliveryFilter,
  limit: z.optional(
    z.pipe(
      z
        .string()
        .check(z.regex(/^([1-9]\d?|[1-4]\d\d|500)$/, { error: 'expected a whole number from 1 to 500' })),
      z.transform(Number),
    ),
  ),
  cursor: z.optional(z.string().check(z.refine(isCursor, { error: 'expected the "next" of a page' }))),
})

const replayed = z.strictObject(deliveryFilter).check(
  z.refine(({ id, state, since }) => id !== undefined || state === 'pending' || since !== undefined, {
    path: ['since'],
    error:
      'is missing; expected the time from which on to send again, such as 2026-11-23T09:00:00Z. Only what waits ("state": "pending") needs none',
  }),
)

const canceled = z.strictObject(deliveryFilter).check(
  z.refine(wanted => Object.values(wanted).some(value => value !== undefined), {
    error: 'names nothing to cancel; expected "webhook", "id", "userId", "event", "since" or "until"',
  }),
)

const span = z.strictObject({
  webhook: z.optional(z.string()),
  since: z.optional(time),
  until: z.optional(time),
})
const dayMs = 86_400_000

/** The delivery log's administration: look, send again, cancel; one, or all that match. */
export function deliveryRoutes({
  deliveries,
  clock,
}: Pick<AdminServices, 'deliveries' | 'clock'>): Hono<AdminEnv> {
  const [authors, owners] = [requireRole('author'), requireRole('owner')]

  function keyIn(context: Context): [id: string, webhook: string | undefined] {
    return [context.req.param('id') ?? '', context.req.query('webhook')]
  }

  return new Hono<AdminEnv>()
    .get('/deliveries', async context => {
      const wanted = omitUndefined(checkShape(query, context.req.query()))
      return context.json(pageView(await deliveries.list(context.get('person'), wanted), clock.now()))
    })
    .get('/hours', async context => {
      const { since = clock.now() - dayMs, ...rest } = checkShape(span, context.req.query())
      return context.json({ hours: (await deliveries.hours({ since, ...rest })).map(hourView) })
    })
    .post('/deliveries/replay', owners, async context => {
      const wanted = omitUndefined(await readJson(context.req.raw, replayed))
      return context.json({ replayed: await deliveries.resendAll(context.get('person'), wanted) }, 202)
    })
    .post('/deliveries/cancel', owners, async context => {
      const wanted = omitUndefined(await readJson(context.req.raw, canceled))
      return context.json({ canceled: await deliveries.cancelAll(context.get('person'), wanted) }, 202)
    })
    .get('/deliveries/:id', async context =>
      context.json(deliveryView(await deliveries.find(context.get('person'), ...keyIn(context)), clock.now())),
    )
    .post('/deliveries/:id/resend', authors, async context =>
      context.json(await deliveries.resend(context.get('person'), ...keyIn(context)), 202),
    )
    .post('/deliveries/:id/cancel', authors, async context =>
      context.json(await deliveries.cancel(context.get('person'), ...keyIn(context)), 202),
    )
}

function toMs(time: string | number): number {
  return typeof time === 'string' && !/^\d{1,15}$/.test(time) ? Date.parse(time) : Number(time)
}
