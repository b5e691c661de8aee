import { Hono } from 'hono'
import type { Emitter } from '../../emitter/emitter.ts'

/** The users' administration: what is kept of one is erased, and so is what their messages said. */
export function userRoutes(emitter: Pick<Emitter, 'forget'>): Hono {
  return new Hono().delete('/users/:id', async context => {
    await emitter.forget(context.req.param('id'))
    return context.body(null, 204)
  })
}
