import * as z from 'zod/mini'
import { type EventName, eventNameSchema } from '../../schema/event.ts'
import { id, json, name, object, scalar, userId } from '../../schema/primitives.ts'
import { explain, problemsOf } from '../../schema/problems/explain.ts'
import type { Json } from '../../values/json.ts'
import type { Tags } from '../../values/tags.ts'

/** One of the ten events, as it is given to `emit`. */
export interface EmittedEvent {
  /** What happened. */
  name: EventName
  /** Who did it; null for a visitor without an id. */
  userId: string | null
  /** The tour, checklist, banner, tag or segment that it is about. */
  id?: string | undefined
  /** What the user answered in the tour. */
  answers?: Record<string, Json> | undefined
  /** The user's tags. */
  tags?: Tags | undefined
  /** ISO 8601; when it happened. */
  timestamp?: string | undefined
}

const emittedEvent: z.ZodMiniType<EmittedEvent> = object({
  name: eventNameSchema,
  userId,
  id: z.optional(id),
  answers: z.optional(z.record(name, json)),
  tags: z.optional(z.record(name, scalar)),
  timestamp: z.optional(z.iso.datetime()),
})

/**
 * Checks what was given to `emit`: one event, or several of one user.
 *
 * @throws {TypeError} names the path, what was expected and what came.
 */
export function parseEvents(input: unknown): EmittedEvent[] {
  const many = Array.isArray(input)
  const result = z.safeParse(z.array(emittedEvent), many ? input : [input], { error: explain })
  if (!result.success) {
    const problems = problemsOf(result.error.issues).map(({ path, message }) =>
      `${many ? path : path.replace(/^\[0\]\.?/, '')}: ${message}`.replace(/^: /, ''),
    )
    throw new TypeError(`This event can't be emitted: ${problems.join('; ')}`)
  }
  const [first] = result.data
  const other = result.data.findIndex(({ userId }) => userId !== first?.userId)
  if (other > 0) {
    throw new TypeError(`This event can't be emitted: [${other}].userId: expected the same user as [0].userId`)
  }
  return result.data
}
