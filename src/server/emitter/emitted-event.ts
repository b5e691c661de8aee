import * as z from 'zod/mini'
import { eventNameSchema } from '../../schema/event.ts'
import { id, name, object } from '../../schema/primitives.ts'
import { explain, problemsOf } from '../../schema/problems/explain.ts'

const emittedEvent = object({
  name: eventNameSchema,
  /** Who did it; null for a visitor without an id. */
  userId: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
  /** The tour, checklist, banner, tag or segment that it is about. */
  id: z.optional(id),
  /** What the user answered in the tour. */
  answers: z.optional(z.record(name, z.json())),
  /** The user's tags. */
  tags: z.optional(z.record(name, z.union([z.string(), z.number(), z.boolean()]))),
  /** ISO 8601; when it happened. */
  timestamp: z.optional(z.iso.datetime()),
})

/** One of the ten events, as it is given to `emit`. */
export type EmittedEvent = z.infer<typeof emittedEvent>

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
