import type { Webhook } from '../../schema/webhook.ts'

/** What an event is about, as far as subscriptions go. */
export interface Subject {
  name: string
  /** Ids of its tour, checklist, banner or webhook. */
  contents: readonly string[]
}

/** Which webhooks are sent at which event: found by the event, however many others there are. */
export interface Subscriptions<T extends Webhook> {
  put(webhook: T): void
  remove(webhook: T): void
  find(subject: Subject): T[]
}

/** An index of webhooks by event, and within it by content. */
export function createSubscriptions<T extends Webhook>(): Subscriptions<T> {
  const byEvent = new Map<string, Map<string | undefined, Map<string, T>>>()

  function shelves({ events = [], contents }: T): [string, string | undefined][] {
    return events.flatMap(event =>
      (contents ?? [undefined]).map((content): [string, string | undefined] => [event, content]),
    )
  }
  return {
    put(webhook) {
      for (const [event, content] of shelves(webhook)) {
        const byContent = byEvent.get(event) ?? new Map<string | undefined, Map<string, T>>()
        const shelf = byContent.get(content) ?? new Map<string, T>()
        byEvent.set(event, byContent.set(content, shelf.set(webhook.id, webhook)))
      }
    },
    remove(webhook) {
      for (const [event, content] of shelves(webhook)) {
        const byContent = byEvent.get(event)
        const shelf = byContent?.get(content)
        shelf?.delete(webhook.id)
        if (shelf?.size === 0) byContent?.delete(content)
      }
    },
    find({ name, contents }) {
      const byContent = byEvent.get(name)
      if (!byContent) return []
      const shelves = [undefined, ...contents].flatMap(content => byContent.get(content) ?? [])
      const [only] = shelves
      if (shelves.length === 1 && only) return [...only.values()]
      return [...new Map(shelves.flatMap(shelf => [...shelf])).values()]
    },
  }
}
