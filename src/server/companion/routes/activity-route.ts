import type { Handler } from 'hono'
import { activitySchema } from '../../../schema/activity.ts'
import { limitTags } from '../../../values/limit-tags.ts'
import type { Tags } from '../../../values/tags.ts'
import type { Clock } from '../../clock.ts'
import type { EmittedEvent } from '../../emitter/emitted-event.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import { type DerivationRules, deriveEvents } from '../../visitors/derive-events.ts'
import { allTags, readVisitor } from '../../visitors/visitor.ts'
import { happenedAt } from '../happened-at.ts'
import { readJson } from '../middleware/json-body.ts'
import { verifyUser } from '../middleware/verify-user.ts'

export interface ActivityRouteOptions {
  emitter: Pick<Emitter, 'apply'>
  /** What is published now. */
  content: () => Promise<DerivationRules>
  userHashSecret: string | undefined
  clock: Pick<Clock, 'now'>
}

/** Takes what a browser saw (`POST /v1/events`), and emits what follows from it: 202 once it is durable. */
export function takeActivity({ emitter, content, userHashSecret, clock }: ActivityRouteOptions): Handler {
  return async context => {
    const sent = await readJson(context.req.raw, activitySchema)
    // Each new tag becomes an event with the tag's name as its id, and all of them travel in one message.
    const activity = { ...sent, tags: limitTags(sent.tags), managedTags: limitTags(sent.managedTags) }
    verifyUser(activity, userHashSecret)
    const rules = await content()
    const counted = await emitter.apply({
      once: `activity:${activity.id}`,
      // Nothing is kept of nobody; a key of its own keeps nobody's activities from waiting for each other.
      key: activity.userId === null ? `activity:${activity.id}` : `user:${activity.userId}`,
      change: kept => {
        const { visitor, events } = deriveEvents(activity, readVisitor(kept), rules)
        // The page's own for what is not kept: everything about a visitor without a user id. What it calls the
        // user id is not to be believed: `userHash` vouches for the activity's own alone.
        const { userId } = activity
        const { userId: _, ...others } = { ...activity.tags, ...activity.managedTags }
        const tags: Tags = { ...others, ...(visitor && allTags(visitor)), ...(userId !== null && { userId }) }
        const facts = { userId, timestamp: happenedAt(activity, clock.now()), tags }
        return {
          ...(visitor && { value: visitor }),
          events: events.map((event): EmittedEvent => ({ ...event, ...facts })),
        }
      },
    })
    return context.json({ id: activity.id, counted }, 202)
  }
}
