import { createHash } from 'node:crypto'
import type { Handler } from 'hono'
import {
  type Activity,
  type ActivityEvent,
  activitySchema,
  type VisitorActivity,
} from '../../../schema/activity.ts'
import type { Config } from '../../../schema/config.ts'
import type { Json } from '../../../values/json.ts'
import { limitTags } from '../../../values/limit-tags.ts'
import type { Tags } from '../../../values/tags.ts'
import type { Clock } from '../../clock.ts'
import type { MissingStepService } from '../../console/services/missing-step-service.ts'
import type { EmittedEvent } from '../../emitter/emitted-event.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import { TakenError } from '../../stores/taken-error.ts'
import { type DerivationRules, deriveEvents } from '../../visitors/derive-events.ts'
import type { MissedStep } from '../../visitors/missing-steps.ts'
import { allTags, readVisitor, type Visitor } from '../../visitors/visitor.ts'
import { happenedAt } from '../happened-at.ts'
import { HttpError } from '../http-error.ts'
import { readJson } from '../middleware/json-body.ts'
import type { StateBudget } from '../middleware/state-budget.ts'
import { verifyUser } from '../middleware/verify-user.ts'

export interface ActivityRouteOptions {
  emitter: Pick<Emitter, 'apply'>
  /** What is published now. */
  content: () => Promise<DerivationRules & Pick<Config, 'tours'>>
  missing: Pick<MissingStepService, 'count'>
  userHashSecret: string | undefined
  budget: StateBudget
  clock: Pick<Clock, 'now'>
}

/** Takes what a browser saw (`POST /v1/events`), and emits what follows from it: 202 once it is durable. */
export function takeActivity({
  emitter,
  content,
  missing,
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
    const events = activity.events.filter(isVisitors)
    const counting = emitter.apply({
      // Of this user alone: the id of another's activity takes nothing from theirs.
      once: `activity:${activity.id}:${activity.userId ?? ''}`,
      fingerprint: fingerprintOf(sent),
      // Nothing is kept of nobody; a key of its own keeps nobody's activities from waiting for each other.
      key: activity.userId === null ? `activity:${activity.id}` : `user:${activity.userId}`,
      change(kept) {
        const { visitor, events: derived } = deriveEvents({ ...activity, events }, readVisitor(kept), rules)
        growth = visitor ? sizeOf(visitor) - sizeOf(kept) : 0
        budget.check(context, growth)
        // One object for all of them, which is looked at once.
        const facts = factsOf(activity, visitor, clock.now())
        return {
          ...(visitor && { value: visitor }),
          events: derived.map((event): EmittedEvent => ({ ...event, ...facts })),
        }
      },
    })
    const counted = await counting.catch(refuseTaken)
    if (counted) {
      budget.take(context, growth)
      const at = Date.parse(happenedAt(activity, clock.now()))
      const missed = missedSteps(activity.events, rules, at)
      await Promise.all([...missed].map(([tour, steps]) => missing.count(tour, steps)))
    }
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

function isVisitors(event: ActivityEvent): event is VisitorActivity {
  return event.name !== 'step_not_found'
}

/** How many tours one activity may speak of in that way: a page shows one at a time. */
const mostMissed = 5

/** The steps that the page did not find the elements of, by their tours. What the config doesn't have is nobody's. */
function missedSteps(
  events: readonly ActivityEvent[],
  { tours = [] }: Pick<Config, 'tours'>,
  at: number,
): Map<string, MissedStep[]> {
  const found = new Map<string, MissedStep[]>()
  for (const event of events) {
    if (isVisitors(event)) continue
    const { id, step, path } = event
    const { steps = [] } = tours.find(tour => tour.id === id) ?? {}
    const isThere = steps.some((each, index) => each.type === 'pointer' && (each.id ?? String(index)) === step)
    if (!isThere || (found.size >= mostMissed && !found.has(id))) continue
    found.set(id, [...(found.get(id) ?? []), { step, path, at }])
  }
  return found
}

/** What a visitor has done: the same on every retry, whoever vouches for the user. */
function fingerprintOf({ userHash: _, ...activity }: Activity): string {
  return createHash('sha256').update(JSON.stringify(activity)).digest('base64url')
}

function refuseTaken(error: unknown): never {
  if (!(error instanceof TakenError)) throw error
  const message = 'Another activity of this user has this id; what it says stays.'
  throw new HttpError(409, 'taken', message, { path: 'id' })
}

function sizeOf(value: Json | undefined): number {
  return value === undefined ? 0 : JSON.stringify(value).length
}
