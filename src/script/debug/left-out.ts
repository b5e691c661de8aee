import type { Message } from '../../message/message.ts'
import type { Config } from '../../schema/config.ts'
import type { Data, Source } from '../../schema/data.ts'
import { didYouMean } from '../../schema/problems/did-you-mean.ts'
import { textsIn } from '../../schema/problems/outline.ts'
import type { Tour } from '../../schema/tour.ts'
import type { Trigger } from '../../schema/triggers.ts'
import { lookUp, type Scope } from '../../tour/sources/sources.ts'
import { own } from '../../values/json.ts'
import { placeholdersIn } from '../../values/placeholder.ts'

/** A value that has none, and why. */
export interface LeftOut {
  /** The message's key, or the placeholder in braces. */
  name: string
  reason: string
  /** It may well be so: the visitor has not answered. */
  isNormal: boolean
}

/** Where values were looked up, and the tour's fields. */
export interface LookedUp extends Pick<Scope, 'tags' | 'answers' | 'tour'> {
  fields: readonly string[]
}

/** Which of the config's values are missing from a message that goes to a webhook, and from its filled template. */
export function leftOutOf(message: Message, webhookId: string, config: Config, found: LookedUp): LeftOut[] {
  const webhook = config.webhooks?.find(({ id }) => id === webhookId)
  const data: Data = { ...webhook?.data, ...triggerOf(message, webhookId, config)?.data }
  const texts = typeof webhook?.body === 'object' ? textsIn(webhook.body, []) : []
  const isFilled = (name: string) => own(message.data, name) !== undefined || lookUp(name, found) !== undefined
  return [
    ...Object.entries(data)
      .filter(([key]) => own(message.data, key) === undefined)
      .map(([name, source]) => ({ name, ...reasonFor(source, found) })),
    ...unfilled(
      texts.map(({ text }) => text),
      isFilled,
      found,
    ),
  ]
}

/** Which placeholders of a step's texts stand for nothing. */
export function leftOutOfTexts(texts: readonly string[], found: LookedUp): LeftOut[] {
  return unfilled(texts, name => lookUp(name, found) !== undefined, found)
}

function unfilled(texts: readonly string[], isFilled: (name: string) => boolean, found: LookedUp): LeftOut[] {
  const names = new Set(texts.flatMap(placeholdersIn))
  return [...names]
    .filter(name => !isFilled(name))
    .map(name => ({ name: `{${name}}`, ...reasonOf(name, found) }))
}

function reasonOf(placeholder: string, found: LookedUp): Omit<LeftOut, 'name'> {
  const [, kind, key = ''] = /^(tag|answer|tour|page)\.(.+)$/.exec(placeholder) ?? []
  if (kind !== undefined) return reasonFor({ [kind]: key } as unknown as Source, found)
  if (found.fields.includes(placeholder)) return reasonFor({ answer: placeholder }, found)
  const known = [...Object.keys(found.tags), ...Object.keys(found.answers), ...found.fields]
  return { reason: `no tag or answer "${placeholder}"${didYouMean(placeholder, known)}`, isNormal: false }
}

function reasonFor(source: Source, { tags, answers, tour, fields }: LookedUp): Omit<LeftOut, 'name'> {
  if ('answer' in source) {
    const { answer } = source
    if (fields.includes(answer) || own(answers, answer) !== undefined)
      return { reason: `"${answer}" is not answered`, isNormal: true }
    const hint = didYouMean(answer, [...fields, ...Object.keys(answers)])
    return { reason: `no answer "${answer}"${hint}`, isNormal: false }
  }
  return { reason: missing(source, tags, tour !== undefined), isNormal: false }
}

function missing(
  source: Exclude<Source, { answer: string }>,
  tags: LookedUp['tags'],
  hasTour: boolean,
): string {
  if ('tag' in source) {
    const names = Object.keys(tags)
    return `no tag "${source.tag}"${names.length === 0 ? '; the page has no tags' : didYouMean(source.tag, names)}`
  }
  if ('element' in source) return elementReason(source)
  if ('page' in source) return `the page has no "${source.page}"`
  if ('tour' in source) {
    if (!hasTour) return 'it belongs to no tour'
    return source.tour === 'outcome' ? 'the tour still goes on' : `the tour has no "${source.tour}"`
  }
  return 'it has no value'
}

function elementReason({ element, attribute }: { element: string; attribute?: string | undefined }): string {
  try {
    const found = document.querySelector(element)
    if (!found) return `nothing on the page matches "${element}"`
    if (attribute !== undefined && !found.hasAttribute(attribute))
      return `"${element}" has no attribute "${attribute}"`
    return `"${element}" is private, or holds nothing`
  } catch {
    return `"${element}" is no CSS selector`
  }
}

/** The trigger that made a message: of its tour, at its occasion or step, with the message's keys. */
function triggerOf(message: Message, webhook: string, config: Config): Trigger | undefined {
  const [event] = message.events
  const tour = config.tours?.find(({ id }) => id === event?.id)
  if (!event || !tour) return undefined
  const keys = Object.keys(message.data)
  const candidates = [
    ...(tour.triggers ?? []).filter(({ on }) => on === event.on).map(({ trigger }) => trigger),
    ...(event.on === undefined ? stepTriggers(tour, event.step) : []),
  ].filter(trigger => trigger.webhook === webhook)
  return candidates.find(({ data = {} }) => Object.keys(data).some(key => keys.includes(key))) ?? candidates[0]
}

function stepTriggers({ steps = [] }: Tour, step: string | undefined): Trigger[] {
  return steps.flatMap((each, index) =>
    each.type === 'trigger' && (each.id ?? String(index)) === step ? [each.trigger] : [],
  )
}
