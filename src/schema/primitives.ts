import * as z from 'zod/mini'

/** A text that says something. */
export const text = z.string().check(z.minLength(1))

/** The name of a tag, an answer or a key. */
export const name = text

/** What other parts of the config refer to. */
export const id = text.check(z.maxLength(200), z.describe('What other parts of the config refer to.'))

/** An object in which a misspelt key is an error, not a silent no-op. */
export const object = z.strictObject

/** A tag's value, and what else is written as one word. */
export const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'expected a text, a number, true or false',
})

/** How a tag must be, for every condition that is given. */
export const tagCondition = object({
  is: z.optional(scalar),
  isNot: z.optional(scalar),
  contains: z.optional(z.string()),
  notContains: z.optional(z.string()),
  hasText: z.optional(z.boolean()),
})

/** Conditions on tags, by the tag's name; all must hold. */
export const tagConditions = z.record(name, tagCondition)

export type TagCondition = z.infer<typeof tagCondition>
export type TagConditions = z.infer<typeof tagConditions>
