import type { VisitorActivity } from '../../schema/activity.ts'
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
  done: readonly VisitorActivity[],
  before: VisitorProgress,
  lists: readonly ChecklistDefinition[],
): { events: DerivedEvent[]; progress: VisitorProgress } {
  const events: DerivedEvent[] = []
  const tours = new Set(before.tours)
  const items = new Map(before.items.map(item => [keyOf(...item), item]))
  const checklists = new Set(before.checklists)
  const listsById = new Map(lists.map(list => [list.id, list]))
  const itemsByTour = groupByTour(lists)
  const missing = new Map<string, number>()

  /** How many items of a list are still to be completed; counted once, and kept up to date after that. */
  function missingOf({ id, items: listed }: ChecklistDefinition): number {
    const known = missing.get(id) ?? listed.filter(item => !items.has(keyOf(id, item.id))).length
    missing.set(id, known)
    return known
  }

  function completeItem(checklist: string, id: string): void {
    const key = keyOf(checklist, id)
    if (items.has(key)) return
    const list = listsById.get(checklist)
    const isListed = list?.items.some(item => item.id === id)
    if (list && isListed) missing.set(checklist, missingOf(list) - 1)
    items.set(key, [checklist, id])
    events.push({ name: 'checklist_item_completed', id, answers: { checklist } })
    if (!list || checklists.has(checklist) || missingOf(list) > 0) return
    checklists.add(checklist)
    events.push({ name: 'checklist_completed', id: checklist })
  }

  for (const event of done) {
    if (event.name === 'checklist_item_completed') {
      completeItem(event.checklist, event.id)
      continue
    }
    events.push(event)
    if (event.name !== 'tour_completed') continue
    tours.add(event.id)
    for (const [checklist, item] of itemsByTour.get(event.id) ?? []) completeItem(checklist, item)
  }
  return {
    events,
    progress: { tours: [...tours], items: [...items.values()], checklists: [...checklists] },
  }
}

/** The items that a tour completes, each as `[checklist, item]`. */
function groupByTour(lists: readonly ChecklistDefinition[]): Map<string, [string, string][]> {
  const found = new Map<string, [string, string][]>()
  for (const { id: checklist, items } of lists) {
    for (const { id, tour } of items) {
      if (tour !== undefined) found.set(tour, [...(found.get(tour) ?? []), [checklist, id]])
    }
  }
  return found
}

/** One text for a checklist and its item, whatever characters their ids hold. */
function keyOf(checklist: string, item: string): string {
  return JSON.stringify([checklist, item])
}
