import { Hono } from 'hono'
import * as z from 'zod/mini'
import { omitUndefined } from '../../../../values/omit-undefined.ts'
import { requireRole } from '../../../console/access/person.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import { readJson } from '../../middleware/json-body.ts'
import type { AdminEnv } from './admin-env.ts'
import { jobView } from './content-views.ts'
import { deliveryFilter } from './delivery-routes.ts'

const wanted = z.strictObject({ kind: z.enum(['resend', 'cancel']), filter: z.strictObject(deliveryFilter) })

/** Many deliveries sent again or cancelled in one go, by jobs that outlive the process. */
export function jobRoutes({ bulk }: Pick<AdminServices, 'bulk'>): Hono<AdminEnv> {
  const owners = requireRole('owner')
  return new Hono<AdminEnv>()
    .get('/jobs', async context => context.json({ jobs: (await bulk.list()).map(jobView) }))
    .post('/jobs', owners, async context => {
      const { kind, filter } = await readJson(context.req.raw, wanted)
      return context.json(jobView(await bulk.start(context.get('person'), kind, omitUndefined(filter))), 202)
    })
    .get('/jobs/:id', async context => context.json(jobView(await bulk.find(context.req.param('id')))))
    .post('/jobs/:id/stop', owners, async context =>
      context.json(jobView(await bulk.stop(context.get('person'), context.req.param('id')))),
    )
}
