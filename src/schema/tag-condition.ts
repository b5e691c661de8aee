import * as z from 'zod/mini'
import type { TagCondition, TagConditions } from '../values/tag-conditions.ts'
import { name, object, optional, scalar } from './primitives.ts'

const tagCondition: z.ZodMiniType<TagCondition> = object({
  is: optional('The tag is this; 5 and "5" are the same.', scalar),
  isNot: optional('The tag is anything but this.', scalar),
  contains: optional("This is part of the tag's text.", z.string()),
  notContains: optional("This is no part of the tag's text.", z.string()),
  hasText: optional('Whether the tag has a text other than spaces.', z.boolean()),
})

/** Conditions on tags, by the tag's name. */
export const tagConditionsSchema: z.ZodMiniType<TagConditions> = z.record(name, tagCondition)
