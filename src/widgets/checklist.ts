import type { TourhookLike } from '../tour/host.ts'
import { createUserState } from '../tour/user-state.ts'
import { byId } from '../values/by-id.ts'
import { type ChangeListeners, createChangeListeners } from './change-listeners.ts'

export interface ChecklistItem {
  /** The item's id. */
  readonly id: string
  /** What to do, in words; the item's id when it has no title. */
  readonly title: string
  /** The tour that completes it. */
  readonly tour: string | undefined
  /** The visitor has completed it. */
  readonly isCompleted: boolean
}

/** One visitor's way through a checklist. */
export interface Checklist {
  /** The checklist's id. */
  readonly id: string
  /** The heading: the checklist's title, its name, or its id. */
  readonly title: string
  /** What there is to do, as it stands. */
  readonly items: readonly ChecklistItem[]
  /** How many items are completed, of how many. */
  readonly progress: { readonly completed: number; readonly total: number }
  /** All items are completed. */
  readonly isCompleted: boolean
  /** The visitor has dismissed it; it stays so. */
  readonly isDismissed: boolean
  /** Marks an item as completed; its tour, when it is completed, does the same. */
  complete(item: string): void
  /** Starts an item's tour. */
  start(item: string): void
  /** The visitor wants to see it no more. */
  dismiss(): void
  /** Subscribes to changes, also those of other tabs; returns the undo. */
  onChange: ChangeListeners['onChange']
  /** Stops listening to tours. */
  destroy(): void
}

interface Kept {
  completed: string[]
  isDismissed: boolean
}

/**
 * The state of one of the config's checklists, kept for each user of this browser; draw it as you like.
 *
 * Reports each item to the companion, once, and the dismissal.
 *
 * @throws {Error} when there is no such checklist.
 */
export function createChecklist(tourhook: TourhookLike, id: string): Checklist {
  const definition = byId(tourhook.config.checklists ?? [], id, 'checklist')
  const state = createUserState<Kept>(tourhook, `checklist:${id}`, { completed: [], isDismissed: false })
  const { onChange, announceChange } = createChangeListeners(tourhook)

  function readItems(): ChecklistItem[] {
    const { completed } = state.get()
    return definition.items.map(({ id, title = id, tour }) => ({
      id,
      title,
      tour,
      isCompleted: completed.includes(id),
    }))
  }

  function itemOf(item: string): ChecklistItem {
    return byId(readItems(), item, `item of checklist "${id}"`)
  }

  function complete({ id: item, isCompleted }: ChecklistItem): void {
    if (isCompleted) return
    const kept = state.get()
    state.set({ ...kept, completed: [...kept.completed, item] })
    tourhook.report({ name: 'checklist_item_completed', id: item, checklist: id })
    announceChange()
  }

  return {
    id,
    title: definition.title ?? definition.name ?? id,
    get items() {
      return readItems()
    },
    get progress() {
      const items = readItems()
      return { completed: items.filter(({ isCompleted }) => isCompleted).length, total: items.length }
    },
    get isCompleted() {
      return readItems().every(({ isCompleted }) => isCompleted)
    },
    get isDismissed() {
      return state.get().isDismissed
    },
    complete: item => complete(itemOf(item)),
    start(item) {
      const { tour } = itemOf(item)
      if (tour !== undefined) tourhook.start(tour)
    },
    dismiss() {
      const kept = state.get()
      if (!kept.isDismissed) {
        state.set({ ...kept, isDismissed: true })
        tourhook.report({ name: 'checklist_dismissed', id })
      }
      // Also when another tab has dismissed it: it may still be drawn here.
      announceChange()
    },
    onChange,
    destroy: tourhook.on('completed', ({ tour }) => {
      for (const item of readItems()) if (item.tour === tour) complete(item)
    }),
  }
}
