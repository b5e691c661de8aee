import { Hono } from 'hono'
import { requireRole } from '../../../console/access/person.ts'
import type { Admin } from '../../../console/access/sessions.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import { HttpError } from '../../http-error.ts'
import type { AdminEnv } from './admin-env.ts'
import { datedView, sessionView } from './content-views.ts'
import { pageOf, readPageQuery } from './page-query.ts'

/** Who may come in, who is in, and who did what. */
export function peopleRoutes(
  { people }: Pick<AdminServices, 'people'>,
  admins: readonly Admin[],
): Hono<AdminEnv> {
  const owners = requireRole('owner')
  return new Hono<AdminEnv>()
    .get('/me', context => {
      const { name, role } = context.get('person')
      return context.json({ name, role })
    })
    .get('/people', owners, context =>
      context.json({ people: admins.map(({ name, role }) => ({ name, role })) }),
    )
    .get('/sessions', owners, async context =>
      context.json({ sessions: (await people.signedIn()).map(sessionView) }),
    )
    .delete('/sessions/:id', owners, async context => {
      if (!(await people.endSession(context.get('person'), context.req.param('id')))) {
        throw new HttpError(404, 'unknown_session', 'No session has this id; it may have ended.')
      }
      return context.body(null, 204)
    })
    .get('/audit', async context => {
      const page = readPageQuery(context.req.query())
      const records = await people.history(context.get('person'), {
        ...page,
        target: context.req.query('target'),
      })
      return context.json(pageOf('audit', records.map(datedView), page))
    })
}
