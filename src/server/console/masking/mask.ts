import type { Config } from '../../../schema/config.ts'
import type { Data } from '../../../schema/data.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'
import type { Delivery } from '../../stores/store.ts'
import type { Visitor } from '../../visitors/visitor.ts'
import { mask } from '../../webhooks/written-forms.ts'
import { hasRole, type Person } from '../access/person.ts'
import { maskedAnswer } from './masked-answer.ts'
import { maskedContent } from './masked-content.ts'
import { createTextMask, hiddenTexts, type IsHidden, mapTexts, withoutHidden } from './masked-json.ts'

/** Shows a viewer messages, tags and answers without what stands under the names of `redact`; others see all. */
export interface Mask {
  deliveries(person: Person, deliveries: readonly Delivery[]): Promise<Delivery[]>
  visitor(person: Person, visitor: Visitor): Visitor
  json(person: Person, value: Json): Json
}

export interface MaskOptions {
  /** Names of tags, answers and keys, in whatever case. */
  redact: readonly string[]
  /** What a webhook is set to. */
  settings: (webhook: string) => Promise<Webhook | undefined>
  /** What is published now. */
  config: () => Promise<Pick<Config, 'tours'>>
}

export function createMask({ redact, settings, config }: MaskOptions): Mask {
  const hidden = new Set(redact.map(name => name.toLowerCase()))
  const isHidden: IsHidden = name => hidden.has(name.toLowerCase())

  function seesAll(person: Person): boolean {
    return hidden.size === 0 || hasRole(person, 'author')
  }

  /** A webhook, and the keys of its messages that hold a hidden tag or answer under another name. */
  async function sentTo(id: string) {
    const webhook = await settings(id)
    const { tours = [] } = await config()
    const triggers = tours
      .flatMap(({ steps = [], triggers = [] }) => [
        ...steps.flatMap(step => (step.type === 'trigger' ? [step.trigger] : [])),
        ...triggers.map(({ trigger }) => trigger),
      ])
      .filter(trigger => trigger.webhook === id)
    const keys = [webhook?.data, ...triggers.map(({ data }) => data)].flatMap(data => hiddenKeys(data ?? {}))
    return { template: webhook?.body, names: [...new Set([...redact, ...keys])] }
  }

  function hiddenKeys(data: Data): string[] {
    return Object.entries(data).flatMap(([key, source]) => {
      const name = 'tag' in source ? source.tag : 'answer' in source ? source.answer : undefined
      return name !== undefined && isHidden(name) ? [key] : []
    })
  }

  return {
    async deliveries(person, deliveries) {
      if (seesAll(person)) return [...deliveries]
      const webhooks = [...new Set(deliveries.map(({ webhook }) => webhook))]
      const known = new Map(await Promise.all(webhooks.map(async id => [id, await sentTo(id)] as const)))
      return deliveries.map(delivery => maskedDelivery(delivery, known.get(delivery.webhook)))
    },
    visitor(person, visitor) {
      if (seesAll(person)) return visitor
      const { tags, managedTags } = visitor
      const texts = hiddenTexts({ ...tags, ...managedTags }, isHidden)
      const masked = (values: Visitor['tags']) =>
        mapTexts(withoutHidden(values, isHidden), createTextMask(texts)) as Visitor['tags']
      return { ...visitor, tags: masked(tags), managedTags: masked(managedTags) }
    },
    json: (person, value) => (seesAll(person) ? value : withoutHidden(value, isHidden)),
  }
}

function maskedDelivery(
  { message, content, attempts, ...delivery }: Delivery,
  { template, names }: { template?: Webhook['body']; names: readonly string[] } = { names: [] },
): Delivery {
  const hidden = new Set(names.map(name => name.toLowerCase()))
  const isHidden: IsHidden = name => hidden.has(name.toLowerCase())
  const { userId, data } = message
  const filled = content === undefined ? undefined : maskedContent(content, template, isHidden)
  const texts = [
    ...hiddenTexts(data, isHidden),
    ...(filled?.texts ?? []),
    ...(isHidden('userId') && userId !== null ? [userId] : []),
  ]
  const withoutTexts = createTextMask(texts)
  /** A text may hold JSON, with the same names in it. */
  const maskedText = (text: string) =>
    withoutTexts(/^\s*[{[]/.test(text) ? maskedAnswer(text, names, isHidden) : text)
  return {
    ...delivery,
    message: {
      ...message,
      userId: userId === null ? null : isHidden('userId') ? mask : withoutTexts(userId),
      data: mapTexts(withoutHidden(data, isHidden), maskedText) as typeof data,
    },
    ...(filled && { content: mapTexts(filled.content, maskedText) }),
    attempts: attempts.map(({ answer, error, ...attempt }) => ({
      ...attempt,
      ...(error !== undefined && { error: withoutTexts(error) }),
      ...(answer !== undefined && { answer: withoutTexts(maskedAnswer(answer, names, isHidden)) }),
    })),
  }
}
