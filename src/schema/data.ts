import * as z from 'zod/mini'
import { name, object, text } from './primitives.ts'

const value = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'expected a text, a number, true, false or null',
})

/** Where one value of a message comes from. */
export const sourceSchema = z
  .union(
    [
      object({ tag: name }),
      object({ answer: name }),
      object({ element: text, attribute: z.optional(name) }),
      object({ page: z.enum(['url', 'path', 'title', 'referrer', 'language']) }),
      object({ tour: z.enum(['id', 'name', 'step', 'startedAt']) }),
      object({ value }),
    ],
    { error: 'expected { "tag" }, { "answer" }, { "element" }, { "page" }, { "tour" } or { "value" }' },
  )
  .check(z.describe('Where the value comes from: a tag, an answer, the page, the tour, or a constant.'))

/** What to send: the message's keys, each with its source. */
export const dataSchema = z.record(name, sourceSchema)

export type Source = z.infer<typeof sourceSchema>
export type Data = z.infer<typeof dataSchema>
