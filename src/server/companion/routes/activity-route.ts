import type { Handler } from 'hono'
import { type Activity, activitySchema } from '../../../schema/activity.ts'
import type { Json } from '../../../values/json.ts'
import { limitTags } from '../../../values/limit-tags.ts'
import type { Tags } from '../../../values/tags.ts'
import type { Clock } from '../../clock.ts'
import type { EmittedEvent } from '../../emitter/emitted-event.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import { type DerivationRules, deriveEvents } from '../../visitors/derive-events.ts'
import { allTags, readVisitor, type Visitor } from '../../visitors/visitor.ts'
import { happenedAt } from '../happened-at.ts'
import { readJson } from '../middleware/json-body.ts'
import type { StateBudget } from '../middleware/state-budget.ts'
import { verifyUser } from '../middleware/verify-user.ts'

export interface ActivityRouteOptions {
  emitter: Pick<Emitter, 'apply'>
  /** What is published now. */
  content: () => Promise<DerivationRules>
  userHashSecret: string | undefined
  budget: StateBudget
  clock: Pick<Clock, 'now'>
}

/** Takes what a browser saw (`POST /v1/events`), and emits what follows from it: 202 once it is durable. */
export function takeActivity({
  emitter,
  content,
  userHashSecret,
  budget,
  clock,
}: ActivityRouteOptions): Handler {
  return async context => {
    const sent = await readJson(context.req.raw, activitySchema)
    // Each new tag becomes an event with the tag's name as its id, and all of them travel in one message.
    const activity = { ...sent, tags: limitTags(sent.tags), managedTags: limitTags(sent.managedTags) }
    verifyUser(activity, userHashSecret)
    let growth = 0
    const rules = await content()
    const counted = await emitter.apply({
      // Of this user alone: the id of another's activity takes nothing from theirs.
      once: `activity:${activity.id}:${activity.userId ?? ''}`,
      // Nothing is kept of nobody; a key of its own keeps nobody's activities from waiting for each other.
      key: activity.userId === null ? `activity:${activity.id}` : `user:${activity.userId}`,
      change(kept) {
        const { visitor, events } = deriveEvents(activity, readVisitor(kept), rules)
        growth = visitor ? sizeOf(visitor) - sizeOf(kept) : 0
        budget.check(context, growth)
        // One object for all of them, which is looked at once.
        const facts = factsOf(activity, visitor, clock.now())
        return {
          ...(visitor && { value: visitor }),
          events: events.map((event): EmittedEvent => ({ ...event, ...facts })),
        }
      },
    })
    if (counted) budget.take(context, growth)
    return context.json({ id: activity.id, counted }, 202)
  }
}

/**
 * What all events of an activity have in common.
 *
 * The tags are the page's own for what is not kept: everything about a visitor without a user id. What it calls the
 * user id is not to be believed: `userHash` vouches for the activity's own alone.
 */
function factsOf(activity: Activity, visitor: Visitor | undefined, now: number) {
  const { userId } = activity
  const { userId: _, ...others } = { ...activity.tags, ...activity.managedTags }
  const tags: Tags = { ...others, ...(visitor && allTags(visitor)), ...(userId !== null && { userId }) }
  return { userId, timestamp: happenedAt(activity, now), tags }
}

function sizeOf(value: Json | undefined): number {
  return value === undefined ? 0 : JSON.stringify(value).length
}
