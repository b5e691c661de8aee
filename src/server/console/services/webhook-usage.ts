import type { Json } from '../../../values/json.ts'
import type { ContentItem } from '../content/content-item.ts'

/** A place in a tour that sends to a webhook. */
export interface WebhookUse {
  tour: string
  name: string
  /** Where in the console, from its root. */
  path: string
  /** Such as `step "send"`, or `when it is completed`. */
  where: string
  isPublished: boolean
}

/** Where tours name webhooks, by the webhook's id. */
export function usesOf(
  tours: readonly ContentItem[],
  segment: (id: string) => string,
): Map<string, WebhookUse[]> {
  const uses = new Map<string, WebhookUse[]>()
  for (const { id, draft, published } of tours) {
    const live = new Set(placesIn(published).map(({ webhook }) => webhook))
    for (const { webhook, where, path } of placesIn(draft ?? published)) {
      const use = {
        tour: id,
        name: nameOf(draft ?? published, id),
        where,
        path: `tours/${segment(id)}${path}`,
        isPublished: live.has(webhook),
      }
      uses.set(webhook, [...(uses.get(webhook) ?? []), use])
    }
    // Taken out of the draft, yet live until that is published.
    const drafted = new Set(placesIn(draft).map(({ webhook }) => webhook))
    for (const { webhook, where } of placesIn(published)) {
      if (drafted.has(webhook) || draft === null) continue
      const use = {
        tour: id,
        name: nameOf(published, id),
        where: `${where}, until the draft is published`,
        path: `tours/${segment(id)}`,
        isPublished: true,
      }
      uses.set(webhook, [...(uses.get(webhook) ?? []), use])
    }
  }
  return uses

  function placesIn(tour: Json | undefined): { webhook: string; where: string; path: string }[] {
    const steps = listIn(tour, 'steps').flatMap((step, index) => {
      const webhook = webhookIn(step)
      const id = textIn(step, 'id') ?? String(index)
      return webhook === undefined ? [] : [{ webhook, where: `step “${id}”`, path: `/steps/${segment(id)}` }]
    })
    const triggers = listIn(tour, 'triggers').flatMap((trigger, index) => {
      const webhook = webhookIn(trigger)
      return webhook === undefined
        ? []
        : [
            {
              webhook,
              where: `when ${textIn(trigger, 'on') ?? 'something happens'}`,
              path: `/triggers/${index}`,
            },
          ]
    })
    return [...steps, ...triggers]
  }
}

function nameOf(tour: Json | undefined, id: string): string {
  return textIn(tour, 'name') || id
}

function webhookIn(value: Json): string | undefined {
  return textIn(propertyOf(value, 'trigger'), 'webhook')
}

function listIn(value: Json | undefined, key: string): Json[] {
  const list = propertyOf(value, key)
  return Array.isArray(list) ? list : []
}

function textIn(value: Json | undefined, key: string): string | undefined {
  const text = propertyOf(value, key)
  return typeof text === 'string' ? text : undefined
}

function propertyOf(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, key) ? value[key] : undefined
}
