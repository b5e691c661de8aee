import type { Activity, VisitorActivity } from '../../schema/activity.ts'
import type { Config } from '../../schema/config.ts'
import type { Segment } from '../../schema/widgets.ts'
import { own } from '../../values/json.ts'
import type { Tags } from '../../values/tags.ts'
import { advance, type DerivedEvent } from './advance.ts'
import { segmentsOf } from './segments.ts'
import { bounded, newVisitor, type Visitor } from './visitor.ts'

/** What the config says that activities are measured by. */
export type DerivationRules = Pick<Config, 'checklists' | 'segments'>

/** What follows from an activity: the events, and the visitor to keep, if it was a user. */
export interface Derived {
  events: DerivedEvent[]
  visitor: Visitor | undefined
}

/**
 * Derives the ten events from what a browser saw and what was known of the user before.
 *
 * A visitor without an id is nobody to keep anything about: what they did counts, their tags and segments don't.
 */
export function deriveEvents(
  activity: Pick<Activity, 'userId' | 'tags' | 'managedTags'> & { events: readonly VisitorActivity[] },
  known: Visitor | undefined,
  { checklists = [], segments = [] }: DerivationRules,
): Derived {
  const { userId } = activity
  const managedTags = withoutUserId(activity.managedTags)
  const tags = pageTags(activity)
  const before = known ?? newVisitor
  const { events, progress } = advance(activity.events, before, checklists)
  if (userId === null) return { events, visitor: undefined }

  const after = {
    ...before,
    ...progress,
    tags: renewed(before.tags, tags),
    managedTags: renewed(before.managedTags, managedTags),
  }
  const visitor = bounded({ ...after, segments: segmentsOf(after, segments) })
  return {
    visitor,
    events: [
      ...(known ? [] : [{ name: 'user_created', id: userId } as const]),
      ...changed(before.tags, tags).map(id => ({ name: 'script_tag_set', id }) as const),
      ...changed(before.managedTags, managedTags).map(id => ({ name: 'user_tag_added', id }) as const),
      ...events,
      ...segmentChanges(before.segments, visitor.segments, segments),
    ],
  }
}

/** The tags that the page's script has set: all of them but a tour's own. */
function pageTags({ tags, managedTags = {} }: Pick<Activity, 'tags' | 'managedTags'>): Tags {
  return Object.fromEntries(
    Object.entries(withoutUserId(tags)).filter(([name]) => !Object.hasOwn(managedTags, name)),
  )
}

/** A browser has the user id among the tags; here it is no tag, and only the activity's own has been checked. */
function withoutUserId({ userId: _, ...tags }: Tags = {}): Tags {
  return tags
}

/** The tags as they are now, the ones just mentioned last: the first are dropped when there are too many. */
function renewed(before: Tags, now: Tags): Tags {
  const others = Object.entries(before).filter(([name]) => !Object.hasOwn(now, name))
  return { ...Object.fromEntries(others), ...now }
}

/** The names of the tags that are new, or have another value. */
function changed(before: Tags, now: Tags): string[] {
  return Object.keys(now).filter(name => own(before, name) !== own(now, name))
}

function segmentChanges(before: readonly string[], now: readonly string[], segments: readonly Segment[]) {
  return segments
    .filter(({ id }) => before.includes(id) !== now.includes(id))
    .map(({ id }) => ({ name: 'auto_segment_changed', id, answers: { member: now.includes(id) } }) as const)
}
