import type { ActivityEvent } from '../../schema/activity.ts'
import type { EventName } from '../../schema/event.ts'
import type { ChecklistDefinition } from '../../schema/widgets.ts'
import type { Json } from '../../values/json.ts'
import type { Visitor } from './visitor.ts'

/** One of the ten events, of the user whose activity it was. */
export interface DerivedEvent {
  name: EventName
  /** The tour, checklist, item, banner, tag, segment or user it is about. */
  id: string
  /** What a tour's visitor answered; of an item its `checklist`; of a segment whether the user is now a `member`. */
  answers?: Record<string, Json> | undefined
}

/** What a visitor has completed so far. */
export type VisitorProgress = Pick<Visitor, 'tours' | 'items' | 'checklists'>

/**
 * Follows what a visitor did: a completed tour completes the items that wait for it, the last item its checklist.
 *
 * An item and a checklist are completed once; a tour, a banner and a dismissal count each time.
 */
export function advance(
  done: readonly ActivityEvent[],
  before: VisitorProgress,
  lists: readonly ChecklistDefinition[],
): { events: DerivedEvent[]; progress: VisitorProgress } {
  const events: DerivedEvent[] = []
  const tours = new Set(before.tours)
  const items = new Map(before.items.map(item => [keyOf(...item), item]))
  const checklists = new Set(before.checklists)

  function completeItem(checklist: string, id: string): void {
    if (items.has(keyOf(checklist, id))) return
    items.set(keyOf(checklist, id), [checklist, id])
    events.push({ name: 'checklist_item_completed', id, answers: { checklist } })
    const list = lists.find(list => list.id === checklist)
    if (!list || checklists.has(list.id) || !list.items.every(item => items.has(keyOf(list.id, item.id))))
      return
    checklists.add(list.id)
    events.push({ name: 'checklist_completed', id: list.id })
  }

  for (const event of done) {
    if (event.name === 'checklist_item_completed') {
      completeItem(event.checklist, event.id)
      continue
    }
    events.push(event)
    if (event.name !== 'tour_completed') continue
    tours.add(event.id)
    for (const list of lists) {
      for (const item of list.items) if (item.tour === event.id) completeItem(list.id, item.id)
    }
  }
  return {
    events,
    progress: { tours: [...tours], items: [...items.values()], checklists: [...checklists] },
  }
}

/** One text for a checklist and its item, whatever characters their ids hold. */
function keyOf(checklist: string, item: string): string {
  return JSON.stringify([checklist, item])
}
