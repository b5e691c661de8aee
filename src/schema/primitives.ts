import * as z from 'zod/mini'
import type { Json } from '../values/json.ts'
import { isJson } from '../values/plain-json.ts'
import type { TagConditions } from '../values/tag-conditions.ts'

/** A text that says something. */
export const text = z.string().check(z.minLength(1))

/** The name of a tag, an answer or a key. */
export const name = text

/** What other parts of the config refer to. */
export const id = text.check(z.maxLength(200))

/** Who did something; `null` for a visitor without an id. */
export const userId = z.nullable(z.string().check(z.minLength(1), z.maxLength(200)))

/** An object in which a misspelt key is an error, not a silent no-op. */
export const object = z.strictObject

/** A tag's value, and what else is written as one word. */
export const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'expected a text, a number, true or false',
})

/** Anything that JSON can say, checked by a loop: its cost grows with the size alone. */
export const json = z
  .unknown()
  .check(
    z.refine(value => isJson(value), { error: 'expected what JSON can say, nested at most 100 deep' }),
  ) as z.ZodMiniType<Json>

/** A key that must be there, with what an editor shows for it. */
export function required<Schema extends z.ZodMiniType>(description: string, schema: Schema): Schema {
  return schema.check(z.describe(description)) as Schema
}

/** A key that may be absent, with what an editor shows for it. */
export function optional<Schema extends z.ZodMiniType>(
  description: string,
  schema: Schema,
): z.ZodMiniOptional<Schema> {
  return z.optional(required(description, schema))
}

/** Conditions on tags, by the tag's name. */
export const tagConditionsSchema: z.ZodMiniType<TagConditions> = z.record(
  name,
  object({
    is: optional('The tag is this; 5 and "5" are the same.', scalar),
    isNot: optional('The tag is anything but this.', scalar),
    contains: optional("This is part of the tag's text.", z.string()),
    notContains: optional("This is no part of the tag's text.", z.string()),
    hasText: optional('Whether the tag has a text other than spaces.', z.boolean()),
  }),
)
