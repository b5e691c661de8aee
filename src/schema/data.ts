import * as z from 'zod/mini'
import { name, object, optional, required, text } from './primitives.ts'
import { didYouMean } from './problems/did-you-mean.ts'

/** Where one value of a message comes from: a tag, an answer, the page, the tour, or a constant. */
export type Source = TagValueSource | AnswerSource | ElementSource | PageSource | TourSource | ConstantSource

/** A tag's value. */
export interface TagValueSource {
  /** The tag's name. */
  tag: string
}

/** What the visitor answered. */
export interface AnswerSource {
  /** The name of one of the tour's fields, or of what the page gave to `run.answer()`. */
  answer: string
}

/** What the page shows, or the visitor typed there; never a password, a card number or anything in [data-private]. */
export interface ElementSource {
  /** A CSS selector; the first element that matches counts. */
  element: string
  /** The attribute to read, instead of the text or the field's value. */
  attribute?: string | undefined
}

/** What there is to take of a page. */
export const pageValues = ['url', 'path', 'title', 'referrer', 'language', 'fullUrl', 'fullReferrer'] as const

/** What there is to take of a tour. */
export const tourValues = ['id', 'name', 'step', 'startedAt', 'outcome'] as const

/** Something about the page. */
export interface PageSource {
  /**
   * What to take of the page. "url" and "referrer" come without the part after # and without parameters that look
   * like secrets; "fullUrl" and "fullReferrer" are the whole addresses.
   */
  page: 'url' | 'path' | 'title' | 'referrer' | 'language' | 'fullUrl' | 'fullReferrer'
}

/** Something about the tour. */
export interface TourSource {
  /** What to take of the tour. "outcome" is "completed" or "closed", and missing while the tour runs. */
  tour: 'id' | 'name' | 'step' | 'startedAt' | 'outcome'
}

/** A constant. */
export interface ConstantSource {
  /** What is sent as it is. */
  value: string | number | boolean | null
}

/** What to send: the message's keys, each with its source. */
export interface Data {
  [key: string]: Source
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'expected a text, a number, true, false or null',
})

const kinds = ['tag', 'answer', 'element', 'page', 'tour', 'value']
const sources = '{ "tag" }, { "answer" }, { "element" }, { "page" }, { "tour" } or { "value" }'

/** What a source that is none was meant to be. */
function sourceHint(input: unknown): string {
  if (typeof input === 'string') {
    const [, name] = /^\{(?:(?:tag|answer)\.)?([\w-]+)\}$/.exec(input) ?? []
    return name === undefined
      ? '; a constant is { "value": … }'
      : `; write { "tag": "${name}" } or { "answer": "${name}" }`
  }
  if (typeof input !== 'object' || input === null) return '; a constant is { "value": … }'
  const keys = Object.keys(input)
  const known = keys.filter(key => kinds.includes(key))
  if (known.length > 1) return `; keep one of ${known.map(key => `"${key}"`).join(', ')}`
  return didYouMean(keys[0] ?? '', kinds)
}

export const sourceSchema: z.ZodMiniType<Source> = z.union(
  [
    object({ tag: required("The tag's name.", name) }),
    object({
      answer: required(
        "The name of one of the tour's fields, or of what the page gave to `run.answer()`.",
        name,
      ),
    }),
    object({
      element: required('A CSS selector; the first element that matches counts.', text),
      attribute: optional("The attribute to read, instead of the text or the field's value.", name),
    }),
    object({
      page: required(
        'What to take of the page. "url" and "referrer" come without the part after # and without parameters that look like secrets; "fullUrl" and "fullReferrer" are the whole addresses.',
        z.enum(pageValues),
      ),
    }),
    object({
      tour: required(
        'What to take of the tour. "outcome" is "completed" or "closed", and missing while the tour runs.',
        z.enum(tourValues),
      ),
    }),
    object({ value: required('What is sent as it is.', value) }),
  ],
  { error: ({ input }) => `expected ${sources}${sourceHint(input)}` },
)

export const dataSchema: z.ZodMiniType<Data> = z.record(name, sourceSchema)
