import * as z from 'zod/mini'
import { checkShape } from '../../middleware/json-body.ts'

const whole = (most: number) =>
  z.pipe(
    z.string().check(
      z.refine(text => /^[1-9]\d{0,14}$/.test(text) && Number(text) <= most, {
        error: `expected a whole number from 1 to ${most}`,
      }),
    ),
    z.transform(Number),
  )
const query = z.object({
  limit: z.optional(whole(200)),
  before: z.optional(whole(Number.MAX_SAFE_INTEGER)),
})

/** A page of a list that is counted: `?limit=` (1 to 200) and `?before=`, a number in the list. */
export interface PageQuery {
  limit: number
  before: number | undefined
}

/** @throws {HttpError} 422 when it is none. */
export function readPageQuery(given: Record<string, string>): PageQuery {
  const { limit = 50, before } = checkShape(query, given)
  return { limit, before }
}

/** Items, and the `before` of the page after it; absent on the last. */
export function pageOf<Name extends string, T extends { number: number }>(
  name: Name,
  items: readonly T[],
  { limit }: PageQuery,
): { [Key in Name]: readonly T[] } & { next?: number } {
  const last = items.at(-1)
  const next = items.length === limit && last && last.number > 1 ? { next: last.number } : {}
  return { [name]: items, ...next } as { [Key in Name]: readonly T[] } & { next?: number }
}
