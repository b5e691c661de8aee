import { Hono } from 'hono'
import type { UserDetail } from '../../../../schema/admin/known-person.ts'
import { requireRole } from '../../../console/access/person.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import { newVisitor } from '../../../visitors/visitor.ts'
import { HttpError } from '../../http-error.ts'
import type { AdminEnv } from './admin-env.ts'

/** The users' administration: what is kept of one; it is erased, and so is what their messages said. */
export function userRoutes({ users }: Pick<AdminServices, 'users'>): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/users/:id', async context => {
      const id = context.req.param('id')
      const known = await users.look(context.get('person'), id)
      if (!known) throw new HttpError(404, 'unknown_user', 'Nothing is kept of a user with this id.')
      const { items, ...visitor } = known.visitor ?? newVisitor
      const done = items.map(([checklist, item]) => ({ checklist, item }))
      return context.json({ id, ...visitor, items: done } satisfies UserDetail)
    })
    .delete('/users/:id', requireRole('owner'), async context => {
      await users.forget(context.get('person'), context.req.param('id'))
      return context.body(null, 204)
    })
}
