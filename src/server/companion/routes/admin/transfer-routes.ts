import { Hono } from 'hono'
import * as z from 'zod/mini'
import { requireRole } from '../../../console/access/person.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import { largeBody, readJson } from '../../middleware/json-body.ts'
import type { AdminEnv } from './admin-env.ts'
import { refusingProblems } from './refusing-problems.ts'

/** The whole config, out and in, as a tourhook.json. */
export function transferRoutes({ transfer }: Pick<AdminServices, 'transfer'>): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/export', requireRole('author'), async context => {
      const withSecrets = context.req.query('secrets') === 'true'
      return context.json(await transfer.exported(context.get('person'), { withSecrets }))
    })
    .post('/import', requireRole('owner'), async context => {
      const config = await readJson(context.req.raw, z.json(), largeBody)
      return context.json(await refusingProblems(() => transfer.imported(context.get('person'), config)))
    })
}
