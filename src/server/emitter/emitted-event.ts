import * as z from 'zod/mini'
import { type EventName, eventNameSchema } from '../../schema/event.ts'
import { id, object, userId } from '../../schema/primitives.ts'
import { explain, problemsOf } from '../../schema/problems/explain.ts'
import type { Json } from '../../values/json.ts'
import { plainJson } from '../../values/plain-json.ts'
import type { Tags, TagValue } from '../../values/tags.ts'

const longestPath = 200

/** One of the ten events, as it is given to `emit`. An entry that is `undefined` counts as absent. */
export interface EmittedEvent {
  /** What happened. */
  name: EventName
  /** Who did it; null for a visitor without an id. */
  userId: string | null
  /** The tour, checklist, banner, tag or segment that it is about. */
  id?: string | undefined
  /** What the user answered in the tour: what JSON can say, at most 100 levels deep. A Date becomes its ISO text. */
  answers?: Record<string, unknown> | undefined
  /** The user's tags: a text, a number, true or false each; a Date becomes its ISO text. */
  tags?: Record<string, TagValue | Date | undefined> | undefined
  /** When it happened: ISO 8601, with any offset, or a Date. @default now */
  timestamp?: string | Date | undefined
}

/** An event that has been checked. */
export interface CheckedEvent {
  name: EventName
  userId: string | null
  id?: string | undefined
  answers?: Record<string, Json> | undefined
  tags?: Tags | undefined
  /** ISO 8601, in UTC. */
  timestamp?: string | undefined
}

const eventShape = object({
  name: eventNameSchema,
  userId,
  id: z.optional(id),
  // By a loop of our own: a schema's recursion has no bound, and an activity's events share one object of tags.
  answers: z.optional(z.unknown()),
  tags: z.optional(z.unknown()),
  timestamp: z.optional(z.unknown()),
})

/**
 * Checks what was given to `emit`: one event, or several of one user.
 *
 * @throws {TypeError} names the path, what was expected and what came.
 */
export function parseEvents(input: unknown): CheckedEvent[] {
  const many = Array.isArray(input)
  const problems: string[] = []
  function report(path: string, message: string): void {
    const place = many ? path : path.replace(/^\[0\]\.?/, '')
    const shown = place.length > longestPath ? `${place.slice(0, longestPath)}…` : place
    problems.push(shown === '' ? message : `${shown}: ${message}`)
  }

  const result = z.safeParse(z.array(eventShape), many ? input : [input], { error: explain })
  for (const { path, message } of problemsOf(result.error?.issues ?? [])) report(path, message)
  const answersOf = onceEach(checkAnswers)
  const tagsOf = onceEach(checkTags)
  const timeOf = onceEach(checkTime)
  const events = (result.data ?? []).map((event, index): CheckedEvent => {
    const { answers, tags, timestamp, ...rest } = event
    return {
      ...rest,
      answers: answersOf(answers, `[${index}].answers`, report),
      tags: tagsOf(tags, `[${index}].tags`, report),
      timestamp: timeOf(timestamp, `[${index}].timestamp`, report),
    }
  })
  const [first] = events
  const other = events.findIndex(({ userId }) => userId !== first?.userId)
  if (other > 0) report(`[${other}].userId`, 'expected the same user as [0].userId')
  if (problems.length > 0)
    throw new TypeError(`This event can't be emitted: ${problems.slice(0, 10).join('; ')}`)
  return events
}

type Check<T> = (value: unknown, path: string, report: (path: string, message: string) => void) => T

/** Checks the same object once, however many events carry it: the cost is events plus tags, not their product. */
function onceEach<T>(check: Check<T>): Check<T> {
  const checked = new Map<unknown, T>()
  return (value, path, report) => {
    const known = checked.get(value)
    if (known !== undefined) return known
    const result = check(value, path, report)
    checked.set(value, result)
    return result
  }
}

const checkAnswers: Check<Record<string, Json> | undefined> = (value, path, report) => {
  if (!isEntries(value, path, report)) return undefined
  return plainJson(value, path, report) as Record<string, Json> | undefined
}

const checkTags: Check<Tags | undefined> = (value, path, report) => {
  if (!isEntries(value, path, report)) return undefined
  const entries = Object.entries(value).flatMap(([name, tag]): [string, TagValue][] => {
    if (tag === undefined) return []
    const plain = tag !== null && typeof tag === 'object' && !(tag instanceof Date) ? null : tag
    const checked = plainJson(plain, `${path}.${name}`, report)
    if (typeof checked === 'string' || typeof checked === 'number' || typeof checked === 'boolean') {
      return [[name, checked]]
    }
    if (checked === null)
      report(`${path}.${name}`, `expected a text, a number, true or false, got ${kindOf(tag)}`)
    return []
  })
  return Object.fromEntries(entries)
}

const checkTime: Check<string | undefined> = (value, path, report) => {
  if (value === undefined) return undefined
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  const text = z.safeParse(z.iso.datetime({ offset: true }), value)
  if (text.success && !Number.isNaN(Date.parse(text.data))) return new Date(text.data).toISOString()
  report(path, `expected a Date or a time such as "2026-11-23T09:00:00Z", got ${kindOf(value)}`)
  return undefined
}

function isEntries(
  value: unknown,
  path: string,
  report: (path: string, message: string) => void,
): value is object {
  if (value === undefined) return false
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return true
  report(path, `expected an object, got ${kindOf(value)}`)
  return false
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value instanceof Date) return 'an invalid Date'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? `"${value.slice(0, 40)}"` : String(value)
}
