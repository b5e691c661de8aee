import { isFilled } from '../../message/is-filled.ts'
import type { Message } from '../../message/message.ts'
import { fillJson } from '../../message/template.ts'
import type { Relayed, RelayedEvent } from '../../schema/activity.ts'
import type { Source } from '../../schema/data.ts'
import type { Tour } from '../../schema/tour.ts'
import type { Trigger } from '../../schema/triggers.ts'
import type { Webhook } from '../../schema/webhook.ts'
import { type Json, own } from '../../values/json.ts'
import { omitUndefined } from '../../values/omit-undefined.ts'
import type { Payload } from '../emitter/delivery-types.ts'
import { happenedAt } from './happened-at.ts'
import { HttpError } from './http-error.ts'

/** What a relayed message is made by. */
export interface RelayRules {
  webhook: Pick<Webhook, 'id' | 'name' | 'data' | 'body' | 'anyData'>
  /** Their triggers name what may be sent. */
  tours: readonly Tour[]
  /** Milliseconds since 1970. */
  now: number
}

/** Where each of a message's entries may come from: one source a trigger that it may be of. */
type EntrySources = ReadonlyMap<string, readonly (Source | undefined)[]>

/**
 * What a webhook is sent of a relayed message: our own structure, filled with the visitor's values.
 *
 * Names, constants, the template and the user id are the config's and the check's to say. Of the data
 * it keeps what the config names, unless the webhook takes any.
 *
 * @throws {HttpError} 422 when a filled template, as older pages send it, is not this webhook's.
 */
export function relayedPayload(
  { message: sent, values, content }: Relayed,
  { webhook, tours, now }: RelayRules,
): Payload {
  const { id, userId, events } = sent
  const sources = entrySources(webhook, tours, events[0])
  const message: Message = {
    id,
    timestamp: happenedAt(sent, now),
    name: webhook.name ?? webhook.id,
    userId,
    events: events.map(omitUndefined),
    data: dataOf(sent, sources, webhook.anyData === true),
  }
  if (typeof webhook.body !== 'object') return { message }

  /** What a placeholder stands for that is not the visitor's to say. */
  function ours(name: string): { value: Json | undefined } | undefined {
    if (name === 'userId' || name === 'tag.userId') return { value: userId ?? undefined }
    const isOurs = sources.get(name)?.every(source => source && isFixed(source))
    return isOurs ? { value: own(message.data, name) } : undefined
  }
  if (content !== undefined && values === undefined) {
    if (isFilled(webhook.body, content, ours)) return { message, content }
    throw new HttpError(422, 'invalid', `is not the template of the webhook "${webhook.id}"; send "values"`, {
      path: 'content',
    })
  }
  const filled = fillJson(webhook.body, name => {
    const known = ours(name)
    return known ? known.value : (own(message.data, name) ?? own(values, name))
  })
  return filled === undefined ? { message } : { message, content: filled }
}

/** Every key that the config names for a webhook, with what it says of it where the message comes from. */
function entrySources(
  { id, data }: Pick<Webhook, 'id' | 'data'>,
  tours: readonly Tour[],
  event: RelayedEvent | undefined,
): EntrySources {
  const all = triggersTo(id, tours)
  const shapes = all.map(({ trigger }) => ({ ...data, ...trigger.data }))
  const likely = likeliest(all, event).map(({ trigger }) => ({ ...data, ...trigger.data }))
  const keys = new Set([...Object.keys({ ...data }), ...shapes.flatMap(Object.keys)])
  return new Map(
    [...keys].map(key => {
      const sources = (likely.length > 0 ? likely : [{ ...data }]).map(shape => own(shape, key))
      // A page may have a trigger elsewhere than the config has it now.
      return [key, sources.some(Boolean) ? sources : [undefined, ...shapes.map(shape => own(shape, key))]]
    }),
  )
}

/** A trigger, and where it stands. */
interface PlacedTrigger {
  tour: string
  on?: RelayedEvent['on']
  step?: string | number | undefined
  trigger: Trigger
}

function triggersTo(webhook: string, tours: readonly Tour[]): PlacedTrigger[] {
  return tours
    .flatMap(({ id: tour, steps = [], triggers = [] }): PlacedTrigger[] => [
      ...steps.flatMap((step, index) =>
        step.type === 'trigger' ? { tour, step: step.id ?? index, trigger: step.trigger } : [],
      ),
      ...triggers.map(trigger => ({ tour, ...trigger })),
    ])
    .filter(({ trigger }) => trigger.webhook === webhook)
}

/** The triggers that an event may be of, as far as it distinguishes them. */
function likeliest(all: readonly PlacedTrigger[], event: RelayedEvent | undefined): readonly PlacedTrigger[] {
  const ofTour = narrowed(all, ({ tour }) => tour === event?.id)
  const ofKind = narrowed(ofTour, ({ on }) => on === event?.on)
  return narrowed(ofKind, ({ step }) => step !== undefined && String(step) === event?.step)
}

/** Those that fit; all, when none does. */
function narrowed<T>(items: readonly T[], fits: (item: T) => boolean): readonly T[] {
  const fitting = items.filter(fits)
  return fitting.length > 0 ? fitting : items
}

function dataOf(
  { data, userId }: Relayed['message'],
  sources: EntrySources,
  takesAny: boolean,
): Record<string, Json> {
  const named = [...sources].flatMap(([key, possible]) => {
    const value = entryValue(possible, own(data, key), userId)
    return value === undefined ? [] : [[key, value] as const]
  })
  const others = takesAny ? Object.entries(data).filter(([key]) => !sources.has(key)) : []
  return Object.fromEntries([...named, ...others])
}

/** An entry's value: what was given, unless the config says it. */
function entryValue(
  sources: readonly (Source | undefined)[],
  given: Json | undefined,
  userId: string | null,
): Json | undefined {
  if (sources.some(isUserId)) return userId ?? undefined
  const constants = sources.flatMap(source => (source && 'value' in source ? [source.value] : []))
  const isFree = sources.some(source => source && !isFixed(source))
  if (given !== undefined && (isFree || constants.some(value => value === given))) return given
  const [first] = constants
  return constants.length === sources.length && constants.every(value => value === first) ? first : undefined
}

function isFixed(source: Source): boolean {
  return 'value' in source || isUserId(source)
}

function isUserId(source: Source | undefined): boolean {
  return source !== undefined && 'tag' in source && source.tag === 'userId'
}
