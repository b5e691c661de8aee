import type { Json } from '../../../values/json.ts'
import type { ContentItem } from '../content/content-item.ts'
import { objectOf, textIn } from '../content/draft-object.ts'
import { placedTriggers } from '../content/placed-triggers.ts'

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
    return placedTriggers(tour).map(({ webhook, step, on = 'something happens', index }) =>
      step === undefined
        ? { webhook, where: `when ${on}`, path: `/triggers/${index}` }
        : { webhook, where: `step “${step}”`, path: `/steps/${segment(step)}` },
    )
  }
}

function nameOf(tour: Json | undefined, id: string): string {
  return textIn(objectOf(tour), 'name') || id
}
