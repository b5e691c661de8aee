import { own } from './json.ts'
import type { Tags, TagValue } from './tags.ts'

/** How a tag must be; every condition that is given must hold. A missing tag is as an empty one. */
export interface TagCondition {
  /** The tag is this; 5 and "5" are the same. */
  is?: TagValue | undefined
  /** The tag is anything but this. */
  isNot?: TagValue | undefined
  /** This is part of the tag's text. */
  contains?: string | undefined
  /** This is no part of the tag's text. */
  notContains?: string | undefined
  /** Whether the tag has a text other than spaces. */
  hasText?: boolean | undefined
}

/** Conditions on tags, by the tag's name; all must hold. */
export interface TagConditions {
  [tag: string]: TagCondition
}

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
