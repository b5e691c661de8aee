import * as z from 'zod/mini'
import type { TagConditions } from '../values/tag-conditions.ts'
import { object, optional, tagConditionsSchema, text } from './primitives.ts'

/** When a tour starts by itself; every condition that is given must hold. */
export interface Start {
  /** The page's address: a path such as /projects/*, or a whole URL; * stands for anything. */
  url?: string | undefined
  /** Conditions on the visitor's tags, by the tag's name. */
  tags?: TagConditions | undefined
  /** A CSS selector: waits until such an element is shown. */
  element?: string | undefined
  /** Waits for this DOM event, such as "click", on the element or anywhere on the page. */
  event?: string | undefined
  /**
   * How long to wait then, in milliseconds.
   * @default 0
   */
  delayMs?: number | undefined
  /**
   * Whether a visitor gets it only once.
   * @default true
   */
  once?: boolean | undefined
}

export const startSchema: z.ZodMiniType<Start> = object({
  url: optional("The page's address: a path such as /projects/*, or a whole URL; * stands for anything.", text),
  tags: optional("Conditions on the visitor's tags, by the tag's name.", tagConditionsSchema),
  element: optional('A CSS selector: waits until such an element is shown.', text),
  event: optional('Waits for this DOM event, such as "click", on the element or anywhere on the page.', text),
  delayMs: optional('How long to wait then, in milliseconds.', z.int().check(z.nonnegative())),
  once: optional('Whether a visitor gets it only once.', z.boolean()),
})
