import type { TagCondition, TagConditions } from '../schema/primitives.ts'
import { own } from './json.ts'
import type { Tags } from './tags.ts'

/** Whether the tags meet every condition; a number is as its text (`5` is `"5"`), and a missing tag as an empty one. */
export function meetsConditions(conditions: TagConditions, tags: Readonly<Tags>): boolean {
  return Object.entries(conditions).every(([name, condition]) =>
    holds(condition, String(own(tags, name) ?? '')),
  )
}

function holds({ is, isNot, contains, notContains, hasText }: TagCondition, text: string): boolean {
  return (
    (is === undefined || text === String(is)) &&
    (isNot === undefined || text !== String(isNot)) &&
    (contains === undefined || text.includes(contains)) &&
    (notContains === undefined || !text.includes(notContains)) &&
    (hasText === undefined || (text.trim() !== '') === hasText)
  )
}
